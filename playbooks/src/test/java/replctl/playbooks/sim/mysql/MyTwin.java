package replctl.playbooks.sim.mysql;

import java.time.Duration;
import java.util.function.Supplier;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.ScriptEnd;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.StateFiles;
import replctl.playbooks.sim.Twin;

/** What MySQL's simulated scripts share: the twin of mysql/lib.sh and of server.sh. */
abstract class MyTwin implements Twin {
  static final String FENCED = "fenced";
  static final String FROZEN = "frozen";
  static final String UPSTREAM = "upstream";
  static final String ACCOUNT = "replctl_replication";
  private final MysqlNet net;

  MyTwin(MysqlNet net) {
    this.net = net;
  }

  MysqlNet net() {
    return net;
  }

  SimMysql my(Job job) {
    return net.at(job.host().name().value()).orElseThrow();
  }

  /** server_pid, any_process. */
  static boolean hasProcess(SimMysql my) {
    return my.process() != SimMysql.Processes.NONE;
  }

  /** A session's answer when it is not let in, or hears nothing. */
  static String sqlError(SimMysql my) {
    if (my.answersSql()) {
      return "";
    }
    return my.isFrozen()
        ? "ERROR 2013 (HY000): Lost connection to MySQL server at 'reading initial packet'"
        : "ERROR 2002 (HY000): Can't connect to local MySQL server through socket";
  }

  /** concat(read_only, super_read_only), or why it can't be told. */
  static String readOnly(SimMysql my) {
    return my.answersSql()
        ? (my.isReadOnly() ? "1" : "0") + (my.isSuperReadOnly() ? "1" : "0")
        : sqlError(my);
  }

  /** A statement on a server that may be gone. */
  static void say(Job job, SimMysql my, Runnable statement) {
    if (!my.answersSql()) {
      throw job.fail(sqlError(my));
    }
    statement.run();
  }

  /** The same where nothing was changed before. */
  static void ask(Job job, SimMysql my) {
    if (!my.answersSql()) {
      throw job.refuse(sqlError(my));
    }
  }

  static Duration seconds(Job job, String value) {
    return Duration.ofSeconds(Long.parseLong(job.value(value)));
  }

  static SemiSync semiSync(Job job) {
    return SemiSync.of(StateFiles.text(job, SemiSync.FILE));
  }

  /** epoch_row_statement: where the row is there already, nothing is written. */
  static void row(Job job, SimMysql my, Runnable done) {
    long epoch = Long.parseLong(job.value("promise"));
    if (my.data().epochs().containsKey(epoch)) {
      done.run();
      return;
    }
    my.commit(
        new Txn.Row(
            epoch,
            job.value("node_name"),
            job.value("operation"),
            my.uuid(),
            my.data().named().toString()),
        done);
  }

  /** Whether this operation has begun to open this server, by its data: under whichever promise. */
  static boolean hasRow(Job job, SimMysql my) {
    return my.data().epochs().values().stream()
        .anyMatch(
            row ->
                row.server().equals(my.uuid()) && row.operation().equals(job.value("operation")));
  }

  /** Where a script waits for what does not come. */
  static Runnable late(Supplier<ScriptEnd> end) {
    return () -> {
      throw end.get();
    };
  }

  /** start_server: through its unit, under a permit; waits until it answers. */
  Course start(Job job, SimMysql my, Duration limit, Supplier<ScriptEnd> late) {
    return Course.of(() -> permit(job))
        .act(() -> my.start(net.dice().between(300, 1_500) * SimTime.MS))
        .until(
            limit,
            my::answersSql,
            () -> {
              StateFiles.remove(job, GuardBeside.PERMIT);
              throw late.get();
            })
        .act(() -> StateFiles.remove(job, GuardBeside.PERMIT));
  }

  private void permit(Job job) {
    job.given("promise")
        .ifPresent(
            promise ->
                StateFiles.put(
                    job,
                    GuardBeside.PERMIT,
                    promise
                        + " "
                        + job.value("operation")
                        + " "
                        + (net.now() + 30 * SimTime.SECOND)));
  }
}

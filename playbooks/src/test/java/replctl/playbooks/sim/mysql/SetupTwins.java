package replctl.playbooks.sim.mysql;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.PasswordTwins;
import replctl.playbooks.sim.Scripted;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.StateFiles;
import replctl.playbooks.sim.Twin;

/** create.sh, account.sh, password.sh, restart.sh. */
final class SetupTwins extends MyTwin {
  private static final Duration COMMITTING = Duration.ofSeconds(20);

  SetupTwins(MysqlNet net) {
    super(net);
  }

  Map<String, Twin> twins() {
    return Map.of(
        "create",
        new Scripted(this::createIsDone, this::create),
        "account",
        new Scripted(this::accountIsDone, this::account),
        "password",
        new Scripted(this::passwordIsDone, this::password),
        "restart",
        this);
  }

  private Look createIsDone(Job job) {
    if (!my(job).hasData()) {
      return Look.notDone("there is no server in " + MyPaths.DATA);
    }
    return StateFiles.claimed(job, MyPaths.DATA)
        ? Look.notDone(MyPaths.DATA + " is half made")
        : Look.DONE;
  }

  private Course create(Job job) {
    SimMysql my = my(job);
    if (hasProcess(my)) {
      throw job.refuse("processes have " + MyPaths.DATA + " open");
    }
    if (my.hasData() && !StateFiles.claimed(job, MyPaths.DATA)) {
      throw job.refuse(MyPaths.DATA + " holds a server already");
    }
    return Course.of(
            () -> {
              StateFiles.claim(job, MyPaths.DATA);
              my.place(Optional.empty());
            })
        .lasts(300 * SimTime.MS)
        .act(() -> my.place(Optional.of(new Data())))
        .act(() -> StateFiles.unclaim(job));
  }

  private Look accountIsDone(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      return Look.unknown(sqlError(my));
    }
    return my.data().accounts().contains(job.value("user"))
        ? Look.DONE
        : Look.notDone("there is no account " + job.value("user"));
  }

  private static Set<String> letIn(Job job) {
    Set<String> all = new TreeSet<>(Set.of(PasswordTwins.which(job.value("password"))));
    if (job.value("both").equals("yes")) {
      all.add(PasswordTwins.which(job.value("other")));
    }
    return all;
  }

  private Look passwordIsDone(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      return Look.unknown(sqlError(my));
    }
    Set<String> now = my.data().letIn(job.value("user"));
    return now.equals(letIn(job)) ? Look.DONE : Look.notDone("it lets in with " + now);
  }

  private Course password(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    if (my.isReadOnly()) {
      throw job.refuse("it is not the leader");
    }
    if (job.value("both").equals("yes")
        && !my.data().letIn(job.value("user")).contains(PasswordTwins.which(job.value("other")))) {
      throw job.refuse("the password that is to be kept meanwhile does not let in");
    }
    return Course.of(
            () -> say(job, my, () -> my.commit(new Txn.Passwords(job.value("user"), letIn(job)))))
        .until(
            COMMITTING,
            () -> !my.answersSql() || passwordIsDone(job).done(),
            late(() -> job.fail("no answer")));
  }

  private Course account(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    if (my.isReadOnly()) {
      throw job.refuse("it is not the leader");
    }
    return Course.of(() -> say(job, my, () -> my.commit(new Txn.Account(job.value("user")))))
        .until(
            COMMITTING,
            () -> !my.answersSql() || accountIsDone(job).done(),
            late(() -> job.fail("no answer")));
  }

  /** restart.sh: the simulated servers have all options from the first. */
  @Override
  public Look isDone(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      return Look.notDone(sqlError(my));
    }
    if (job.value("as").equals("leader")) {
      return my.isReadOnly() || my.isSuperReadOnly() ? Look.notDone("it is closed") : Look.DONE;
    }
    return my.channel().stands() && my.data().source().isPresent()
        ? Look.notDone("it does not receive")
        : Look.DONE;
  }

  @Override
  public Course perform(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    if (job.value("as").equals("leader")) {
      if (my.data().source().isPresent()) {
        throw job.refuse("it does not lead: it has a channel");
      }
      return Course.of(() -> say(job, my, () -> semiSync(job).tell(my)))
          .act(() -> say(job, my, () -> my.superReadOnly(false)))
          .act(() -> say(job, my, () -> my.readOnly(false)))
          .act(() -> say(job, my, () -> my.scheduler(true)));
    }
    return Course.of(() -> say(job, my, my.channel()::start));
  }
}

package replctl.playbooks.sim.mysql;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.Scripted;
import replctl.playbooks.sim.StateFiles;
import replctl.playbooks.sim.Twin;

/** stop-follower.sh, caught-up.sh, and restart.sh for its own sake. */
final class UpkeepTwins extends MyTwin {
  static final String RESTARTING = "restarting";

  /** restart.sh for options. */
  private final Twin forOptions;

  private final Map<String, Gtids> parsed = new HashMap<>();

  UpkeepTwins(MysqlNet net, Twin forOptions) {
    super(net);
    this.forOptions = forOptions;
  }

  Map<String, Twin> twins() {
    return Map.of(
        "restart", this,
        "stop-follower", new Scripted(this::stopIsDone, this::stop),
        "caught-up", new Scripted(this::caughtUpIsDone, this::caughtUp));
  }

  private static boolean anew(Job job) {
    return job.given("anew").equals(Optional.of("yes"));
  }

  /** noted_before: the start that this operation found. */
  private static Optional<Integer> before(Job job) {
    String[] words = StateFiles.text(job, RESTARTING).split(" ");
    return words.length == 2 && words[0].equals(job.value("operation"))
        ? Optional.of(Integer.parseInt(words[1]))
        : Optional.empty();
  }

  /** is_another. */
  private static boolean isAnother(Job job, SimMysql my) {
    return hasProcess(my) && before(job).filter(start -> start != my.starts()).isPresent();
  }

  @Override
  public Look isDone(Job job) {
    return anew(job) && !isAnother(job, my(job))
        ? Look.notDone("it was not restarted yet")
        : forOptions.isDone(job);
  }

  @Override
  public Course perform(Job job) {
    SimMysql my = my(job);
    if (job.given("anew").isEmpty()) {
      return forOptions.perform(job);
    }
    Duration patience = seconds(job, "patience");
    if (anew(job) && before(job).isEmpty() && !hasProcess(my)) {
      throw job.refuse("the server does not run");
    }
    return Course.of(
            () -> {
              if (anew(job) && before(job).isEmpty()) {
                StateFiles.put(job, RESTARTING, job.value("operation") + " " + my.starts());
              }
            })
        .then(() -> running(job, my, patience))
        .then(() -> anew(job) && !isAnother(job, my) ? again(job, my, patience) : Course.none())
        .then(() -> forOptions.perform(job));
  }

  /** Cut off between its stop and its start. */
  private Course running(Job job, SimMysql my, Duration patience) {
    return hasProcess(my)
        ? Course.none()
        : start(job, my, patience, () -> job.fail("it was started and does not answer"));
  }

  private Course again(Job job, SimMysql my, Duration patience) {
    ask(job, my);
    return Course.of(my::stop)
        .until(patience, () -> !hasProcess(my), late(() -> job.fail("processes are still there")))
        .then(() -> start(job, my, patience, () -> job.fail("it was started and does not answer")));
  }

  private Look stopIsDone(Job job) {
    return hasProcess(my(job)) ? Look.notDone("the server runs") : Look.DONE;
  }

  private Course stop(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    if (!my.isSuperReadOnly()) {
      throw job.refuse("it takes writes, or may");
    }
    if (!my.startsClosed()) {
      throw job.refuse("it would come up open");
    }
    return Course.of(my::stop)
        .until(
            seconds(job, "patience"),
            () -> !hasProcess(my),
            late(() -> job.fail("processes are still there")));
  }

  /** What the one that it is to receive from has, where it answers. */
  private Optional<Gtids> there(Job job) {
    return net()
        .at(job.value("source_host"))
        .filter(SimMysql::answersAfar)
        .map(my -> my.data().executed());
  }

  private Look caughtUpIsDone(Job job) {
    SimMysql my = my(job);
    Optional<Gtids> theirs = job.remembered("theirs").map(this::parsed).or(() -> there(job));
    if (theirs.isEmpty()) {
      return Look.notDone("its upstream does not answer");
    }
    if (!my.answersSql() || my.channel().receiver() != Channel.Receiver.ON) {
      return Look.notDone("it does not receive");
    }
    return my.data().executed().containsAll(theirs.get())
        ? Look.DONE
        : Look.notDone("it has not applied all of it");
  }

  /** It is asked for at each event, and the same one again and again. */
  private Gtids parsed(String text) {
    return parsed.computeIfAbsent(text, Gtids::of);
  }

  private Course caughtUp(Job job) {
    Duration patience = seconds(job, "patience");
    return Course.none()
        .until(
            patience,
            () -> there(job).isPresent(),
            late(() -> job.fail("its upstream does not answer")))
        .act(
            () ->
                job.remember(
                    "theirs",
                    there(job).orElseThrow(() -> job.fail("its upstream is gone")).toString()))
        .until(
            patience,
            () -> caughtUpIsDone(job).done(),
            late(() -> job.fail(caughtUpIsDone(job).why())));
  }
}

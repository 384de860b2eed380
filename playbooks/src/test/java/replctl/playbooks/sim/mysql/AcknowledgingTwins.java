package replctl.playbooks.sim.mysql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.Scripted;
import replctl.playbooks.sim.StateFiles;
import replctl.playbooks.sim.Twin;

/** acknowledge.sh, reached.sh, drop-sender.sh. */
final class AcknowledgingTwins extends MyTwin {
  static final String REACHED = "reached";

  AcknowledgingTwins(MysqlNet net) {
    super(net);
  }

  Map<String, Twin> twins() {
    return Map.of(
        "acknowledge",
        this,
        REACHED,
        new Scripted(AcknowledgingTwins::reachedIsDone, this::reached),
        "drop-sender",
        new Scripted(this::dropIsDone, this::drop));
  }

  /** acknowledge.sh. */
  @Override
  public Look isDone(Job job) {
    SimMysql my = my(job);
    if (!hasProcess(my)) {
      return job.value("counts").equals("no") ? Look.DONE : Look.notDone("the server does not run");
    }
    if (!my.answersSql()) {
      return Look.unknown(sqlError(my));
    }
    if (job.value("counts").equals("yes")) {
      return my.saysThatItAcknowledges() ? Look.DONE : Look.notDone("it acknowledges nothing");
    }
    return my.acknowledges() || my.saysThatItAcknowledges()
        ? Look.notDone("it acknowledges what it receives")
        : Look.DONE;
  }

  @Override
  public Course perform(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    if (!my.isSuperReadOnly()) {
      throw job.refuse("it does not follow");
    }
    boolean wanted = job.value("counts").equals("yes");
    boolean went = !my.channel().stands();
    return Course.of(() -> say(job, my, my.channel()::stopReceiver))
        .act(() -> say(job, my, () -> my.acknowledges(wanted)))
        .act(
            () ->
                say(
                    job,
                    my,
                    () -> {
                      if (went || wanted) {
                        my.channel().startReceiver();
                      }
                    }))
        .until(
            seconds(job, "patience"),
            () -> isDone(job).done(),
            late(() -> job.fail(isDone(job).why())));
  }

  private static Look reachedIsDone(Job job) {
    return StateFiles.text(job, REACHED).equals(job.value("operation"))
        ? Look.DONE
        : Look.notDone("they may lack what was acknowledged before");
  }

  private Course reached(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    if (my.isReadOnly()) {
      throw job.refuse("it takes no writes");
    }
    boolean[] committed = {false};
    return Course.of(
            () -> say(job, my, () -> my.commit(new Txn.Other(), () -> committed[0] = true)))
        .until(
            seconds(job, "patience"),
            () -> committed[0] || !my.answersSql(),
            late(() -> job.fail("they have not all that was acknowledged before")))
        .act(
            () -> {
              if (!committed[0]) {
                throw job.fail(sqlError(my));
              }
              StateFiles.put(job, REACHED, job.value("operation"));
            });
  }

  private List<SimMysql> senders(Job job) {
    Set<String> gone = Set.of(job.value("receivers").split(","));
    return net().receivers(my(job)).stream().filter(f -> gone.contains(f.uuid())).toList();
  }

  private Look dropIsDone(Job job) {
    SimMysql my = my(job);
    if (!hasProcess(my)) {
      return Look.DONE;
    }
    if (!my.answersSql()) {
      return Look.unknown(sqlError(my));
    }
    return senders(job).isEmpty()
        ? Look.DONE
        : Look.notDone("it still sends to " + job.value("receivers"));
  }

  private Course drop(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    return Course.of(() -> say(job, my, () -> senders(job).forEach(f -> f.channel().cut())))
        .until(
            Duration.ofSeconds(5),
            () -> dropIsDone(job).done(),
            late(() -> job.fail("it connects again: its server is alive")));
  }
}

package replctl.playbooks.sim.mysql;

import java.time.Duration;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.world.Trouble;

/** handover-closing.sh. */
final class HandoverClosingTwin extends MyTwin {
  HandoverClosingTwin(MysqlNet net) {
    super(net);
  }

  @Override
  public Course prepare(Job job) {
    SimMysql my = my(job);
    if (!hasProcess(my)) {
      throw job.refuse("the server does not run");
    }
    switch (readOnly(my)) {
      case "00" -> {}
      case "11" -> {
        if (!my.channel().stands()) {
          throw job.refuse("it does not take writes, and follows");
        }
      }
      default ->
          throw job.refuse("it does not take writes as a leader does (" + readOnly(my) + ")");
    }
    return Course.none();
  }

  @Override
  public Course command(String word, Job job) {
    SimMysql my = my(job);
    return switch (word) {
      case "prepare" -> ready(job, my);
      case "freeze" -> freeze(job, my);
      case "thaw" -> thaw(job, my);
      default -> throw job.refuse("no such command: " + word);
    };
  }

  /** Whoever will not let it close in time is named before it is tried. */
  private static Course ready(Job job, SimMysql my) {
    if (!readOnly(my).equals("00")) {
      return Course.none();
    }
    return Course.none()
        .until(
            seconds(job, "freeze_seconds"),
            () -> my.commits().oldest() < SimTime.SECOND,
            late(() -> job.refuse("a commit waits for a follower's acknowledgement")));
  }

  private Course freeze(Job job, SimMysql my) {
    Duration limit = seconds(job, "freeze_seconds");
    return Course.of(
            () -> {
              if (!my.answersSql()) {
                throw job.fail(Trouble.OVERDUE, "it did not say whether it is closed");
              }
              my.close(limit.toNanos());
            })
        .until(limit.plusSeconds(5), () -> !my.answersSql() || !my.isClosing(), () -> {})
        .act(
            () -> {
              if (!my.answersSql()) {
                throw job.fail(sqlError(my));
              }
              if (!my.isSuperReadOnly()) {
                throw job.refuse("it can't be closed while others write");
              }
              job.fact("position", my.data().executed().toString());
              job.done();
            })
        .lasts(net().dice().between(1, 900) * SimTime.MS)
        .act(() -> sourceSideOff(my));
  }

  /** source_side_off, whose answer nobody waits for. */
  private static void sourceSideOff(SimMysql my) {
    if (my.answersSql() && my.isSuperReadOnly() && my.commits().waiting() == 0) {
      my.commits().enable(false, my.data());
    }
  }

  private Course thaw(Job job, SimMysql my) {
    return open(job, my)
        .act(
            () -> {
              Look look = isDone(job);
              if (!look.done()) {
                throw job.fail(look.why());
              }
            });
  }

  @Override
  public Look isDone(Job job) {
    SimMysql my = my(job);
    if (!hasProcess(my)) {
      job.fact("open", false);
      return Look.notDone("the server does not run");
    }
    return switch (readOnly(my)) {
      case "00" -> {
        job.fact("open", true);
        yield Look.DONE;
      }
      case "11", "10" -> {
        job.fact("open", false);
        yield Look.notDone("it takes no writes");
      }
      default -> Look.unknown(sqlError(my));
    };
  }

  @Override
  public Course perform(Job job) {
    return open(job, my(job));
  }

  /** perform_open, open_again. */
  private Course open(Job job, SimMysql my) {
    Course course = Course.none();
    if (!hasProcess(my)) {
      if (my.isMasked()) {
        throw job.fail("systemd is told not to start it (masked)");
      }
      course.then(
          () ->
              start(
                  job,
                  my,
                  seconds(job, "start_seconds"),
                  () -> job.fail("it was started and does not answer")));
    }
    return course
        .act(
            () ->
                say(
                    job,
                    my,
                    () -> {
                      if (!my.channel().stands()) {
                        job.fact("follows", true);
                        throw job.fail("it was made a follower meanwhile");
                      }
                    }))
        .act(() -> say(job, my, () -> semiSync(job).tell(my)))
        .act(() -> say(job, my, () -> my.superReadOnly(false)))
        .act(() -> say(job, my, () -> my.readOnly(false)))
        .act(
            () ->
                say(
                    job,
                    my,
                    () -> my.scheduler(my.hasScheduler() || job.value("scheduler").equals("yes"))));
  }
}

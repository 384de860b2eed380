package replctl.playbooks.sim.mysql;

import java.time.Duration;
import java.util.Optional;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.PasswordTwins;
import replctl.playbooks.sim.StateFiles;

/** follow.sh. */
final class FollowTwin extends MyTwin {
  FollowTwin(MysqlNet net) {
    super(net);
  }

  private static Data.Source wanted(Job job) {
    return new Data.Source(job.value("source_host"), ACCOUNT);
  }

  @Override
  public Look isDone(Job job) {
    SimMysql my = my(job);
    if (job.given("start").equals(Optional.of("later")) && !hasProcess(my)) {
      if (!StateFiles.text(job, UPSTREAM).equals(job.value("source_host"))) {
        return Look.notDone("it is told to receive from elsewhere");
      }
      job.fact("stopped", true);
      return Look.DONE;
    }
    Look look = receives(job, my);
    return look.done() && StateFiles.there(job, FROZEN)
        ? Look.notDone("it receives, and is noted as one that stands still")
        : look;
  }

  private static Look receives(Job job, SimMysql my) {
    if (!hasProcess(my)) {
      return Look.notDone("the server does not run");
    }
    if (!my.answersSql()) {
      return Look.unknown(sqlError(my));
    }
    Channel channel = my.channel();
    if (!my.isSuperReadOnly()) {
      return Look.notDone("it is open as a leader");
    }
    if (!my.data().source().equals(Optional.of(wanted(job)))) {
      return Look.notDone("it is set to receive from elsewhere, or otherwise");
    }
    if (channel.receiver() != Channel.Receiver.ON) {
      return Look.notDone(
          "its receiver is "
              + channel.receiver()
              + " "
              + channel.error()
              + ": "
              + channel.trouble());
    }
    if (!channel.applies()) {
      return Look.notDone("its applier is OFF");
    }
    if (job.given("renews").isPresent() && !my.data().password().equals(password(job))) {
      return Look.notDone("it would log in with another password");
    }
    Optional<String> uuid = job.given("source_uuid");
    return uuid.isEmpty() || channel.sourceUuid().equals(uuid.get())
        ? Look.DONE
        : Look.notDone("it receives from server " + channel.sourceUuid());
  }

  @Override
  public Course perform(Job job) {
    SimMysql my = my(job);
    Course course = Course.none();
    if (!hasProcess(my)) {
      switch (job.value("start")) {
        case "later" -> {
          return course.act(() -> note(job));
        }
        case "yes" -> {
          if (my.isMasked()) {
            throw job.refuse("systemd is told not to start it (masked)");
          }
          course.then(() -> start(job, my, patience(job), () -> job.fail("it does not answer")));
        }
        default -> throw job.refuse("the server does not run");
      }
    }
    return course
        .act(() -> allowed(job, my))
        .act(() -> note(job))
        .then(() -> point(job, my))
        .until(
            patience(job),
            () -> receives(job, my).done() || isLost(my),
            late(
                () -> job.fail("after " + job.value("patience") + " s " + receives(job, my).why())))
        .act(
            () -> {
              if (isLost(my)) {
                throw job.fail(receives(job, my).why());
              }
              StateFiles.remove(job, FROZEN);
            });
  }

  private static String password(Job job) {
    return PasswordTwins.which(job.value("password"));
  }

  private static Duration patience(Job job) {
    return seconds(job, "patience");
  }

  private static boolean isLost(SimMysql my) {
    return my.channel().receiver() == Channel.Receiver.OFF && my.channel().error() != 0;
  }

  private static void note(Job job) {
    StateFiles.put(job, UPSTREAM, job.value("source_host"));
  }

  private static void allowed(Job job, SimMysql my) {
    ask(job, my);
    if (!my.isSuperReadOnly()) {
      throw job.refuse("it is open as a leader");
    }
    job.given("source_has")
        .map(Gtids::of)
        .map(has -> my.data().named().without(has))
        .filter(own -> !own.isEmpty())
        .ifPresent(
            own -> {
              throw job.refuse("it has transactions that the other one lacks: " + own);
            });
    sourceSideOff(job, my);
  }

  /** part/source-side.sh. */
  static void sourceSideOff(Job job, SimMysql my) {
    if (!my.commits().enabled()) {
      return;
    }
    if (!my.isSuperReadOnly()) {
      throw job.refuse("it is not closed");
    }
    if (my.commits().waiting() > 0) {
      throw job.refuse(my.commits().waiting() + " of its commits still wait");
    }
    my.commits().enable(false, my.data());
  }

  /** The applier goes on meanwhile, where it is set to receive by GTID. */
  private static Course point(Job job, SimMysql my) {
    return Course.of(
            () ->
                say(
                    job,
                    my,
                    () -> {
                      if (my.data().source().isPresent()) {
                        my.channel().stopReceiver();
                      } else {
                        my.channel().stop();
                      }
                    }))
        .act(
            () ->
                say(
                    job,
                    my,
                    () -> {
                      my.channel().point(wanted(job));
                      my.data().password(password(job));
                    }))
        .act(
            () -> {
              if (job.given("acknowledges").equals(Optional.of("no"))) {
                say(job, my, () -> my.acknowledges(false));
              }
            })
        .act(() -> say(job, my, my.channel()::start));
  }

  @Override
  public Course prepare(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    if (!my.isSuperReadOnly()) {
      throw job.refuse("it does not follow");
    }
    return Course.of(() -> note(job));
  }

  @Override
  public Course command(String word, Job job) {
    if (!word.equals("follow")) {
      throw job.refuse("no such command: " + word);
    }
    return point(job, my(job));
  }
}

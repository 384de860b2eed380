package replctl.playbooks.sim.mysql;

import java.time.Duration;
import java.util.List;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;

/** handover-opening.sh. */
final class HandoverOpeningTwin extends MyTwin {
  private static final String CAUGHT_UP = "caught-up";
  private static final String OPENED = "opened";
  private static final String CLOSED = "it is closed, and does not follow";
  private static final String HALF = "it was being opened";
  private static final String BEGUN = "it was being opened, and its row is written";

  HandoverOpeningTwin(MysqlNet net) {
    super(net);
  }

  @Override
  public boolean probesUnderLock() {
    return true;
  }

  @Override
  public Course prepare(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    my.endOpeners();
    if (!readOnly(my).equals("11") || my.data().source().isEmpty()) {
      throw job.refuse("it does not follow, closed to writes: " + readOnly(my));
    }
    return Course.none();
  }

  @Override
  public Course command(String word, Job job) {
    SimMysql my = my(job);
    return switch (word) {
      case "prepare" ->
          Course.of(
              () -> {
                ask(job, my);
                my.channel().start();
                my.commits().enable(false, my.data());
              });
      case "catch-up" -> catchUp(job, my);
      case "open" -> open(job, my);
      case "acknowledged" -> acknowledged(job, my);
      default -> throw job.refuse("no such command: " + word);
    };
  }

  private static Course catchUp(Job job, SimMysql my) {
    Gtids wanted = Gtids.of(job.asked("position").orElse(""));
    long seconds =
        Long.parseLong(job.asked("seconds").orElseThrow(() -> job.refuse("not a limit: ")));
    return Course.none()
        .until(
            Duration.ofSeconds(seconds),
            () -> !my.answersSql() || my.data().executed().containsAll(wanted),
            late(() -> job.refuse(wanted.without(my.data().executed()) + " is not applied")))
        .act(
            () -> {
              ask(job, my);
              job.remember(CAUGHT_UP, "yes");
            });
  }

  /** The session goes on where the script does not. */
  private Course open(Job job, SimMysql my) {
    if (job.remembered(CAUGHT_UP).isEmpty()) {
      throw job.refuse("it was not seen to have everything");
    }
    // Where the script is killed its session goes on alone, or is killed with it.
    return (net().dice().oneIn(2) ? sent(job, my) : said(job, my))
        .act(
            () -> {
              job.remember(OPENED, "yes");
              job.done();
            })
        .act(
            () -> {
              if (my.answersSql()) {
                my.channel().stop();
              }
            });
  }

  private static List<Runnable> statements(Job job, SimMysql my) {
    SemiSync asked = semiSync(job);
    return List.of(
        () -> my.superReadOnly(false),
        () -> row(job, my, () -> {}),
        () -> asked.tell(my),
        () -> my.readOnly(false));
  }

  private static Course said(Job job, SimMysql my) {
    Course course = Course.none();
    statements(job, my).forEach(s -> course.act(() -> say(job, my, s)));
    return course;
  }

  private Course sent(Job job, SimMysql my) {
    Statements[] sent = new Statements[1];
    return Course.of(
            () -> say(job, my, () -> sent[0] = Statements.sent(my, net(), statements(job, my))))
        .until(
            Duration.ofSeconds(10),
            () -> sent[0].over(),
            late(() -> job.fail("it is not said in 10 s whether it opened")))
        .act(
            () -> {
              if (!sent[0].allDone()) {
                throw job.fail("while it was opened: " + sqlError(my));
              }
            });
  }

  private static Course acknowledged(Job job, SimMysql my) {
    long limit =
        Long.parseLong(job.asked("milliseconds").orElseThrow(() -> job.refuse("not a limit: ")));
    return Course.none()
        .until(
            Duration.ofMillis(limit),
            () -> !my.answersSql() || !acks(my).equals("awaited"),
            () -> {})
        .act(
            () -> {
              if (!my.answersSql()) {
                throw job.fail(sqlError(my));
              }
              job.fact("acks", acks(my));
              job.done();
            })
        .act(
            () -> {
              if (job.remembered(OPENED).isPresent() && my.answersSql()) {
                my.channel().forget();
              }
            });
  }

  private static String acks(SimMysql my) {
    if (!my.commits().enabled()) {
      return "none";
    }
    return my.clients() >= my.commits().needed() ? "seen" : "awaited";
  }

  @Override
  public Look isDone(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      if (hasProcess(my)) {
        return Look.unknown(sqlError(my));
      }
      job.fact("open", false);
      return Look.notDone("the server does not run");
    }
    if (job.performs()) {
      my.endOpeners();
      return stoodDown(job, my);
    }
    if (my.hasOpener()) {
      return Look.unknown("a connection is to open it, though its script has ended");
    }
    boolean open = readOnly(my).equals("00");
    if (readOnly(my).equals("10")) {
      return Look.unknown("it was being opened: it takes writes of accounts that may do all");
    }
    job.fact("open", open);
    return open ? Look.DONE : Look.notDone("it follows");
  }

  private static Look stoodDown(Job job, SimMysql my) {
    if (readOnly(my).equals("00")) {
      return Look.unknown("it has opened");
    }
    if (hasRow(job, my)) {
      return Look.notDone(BEGUN);
    }
    if (readOnly(my).equals("10")) {
      return Look.notDone(HALF);
    }
    if (my.channel().stands()) {
      return Look.notDone(CLOSED);
    }
    job.fact("open", false);
    return Look.DONE;
  }

  @Override
  public Course perform(Job job) {
    SimMysql my = my(job);
    Look look = isDone(job);
    return switch (look.why()) {
      case CLOSED -> Course.of(() -> say(job, my, () -> my.channel().start()));
      case HALF ->
          Course.of(() -> say(job, my, () -> my.superReadOnly(true)))
              .act(() -> say(job, my, () -> my.channel().start()));
      case BEGUN ->
          Course.of(() -> say(job, my, () -> my.commits().enable(false, my.data())))
              .then(() -> said(job, my))
              .act(
                  () -> {
                    my.channel().stop();
                    throw job.fail("it was being opened, and takes writes now");
                  });
      default -> throw job.refuse(look.why());
    };
  }
}

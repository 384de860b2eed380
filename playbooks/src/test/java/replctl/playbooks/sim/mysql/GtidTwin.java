package replctl.playbooks.sim.mysql;

import java.time.Duration;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;

/** gtid.sh. */
final class GtidTwin extends MyTwin {
  private static final String CONSISTENT = "consistent";

  GtidTwin(MysqlNet net) {
    super(net);
  }

  private static GtidMode.Stage wanted(Job job) {
    return GtidMode.Stage.valueOf(job.value("stage"));
  }

  private static boolean marks(Job job) {
    return job.value("marks").equals("yes");
  }

  @Override
  public Look isDone(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      return Look.unknown(sqlError(my));
    }
    if (job.value("stage").equals(CONSISTENT)) {
      return my.gtid().consistent() ? Look.DONE : Look.notDone("enforce_gtid_consistency is OFF");
    }
    if (my.gtid().stage().compareTo(wanted(job)) < 0) {
      return Look.notDone("gtid_mode is " + my.gtid().stage());
    }
    if (marks(job)) {
      if (my.data().marker().isEmpty()) {
        return Look.notDone("it has not written a transaction with a GTID yet");
      }
      job.fact("marker", my.data().marker());
    }
    return Look.DONE;
  }

  @Override
  public Course perform(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    if (job.value("stage").equals(CONSISTENT)) {
      return Course.of(() -> say(job, my, my.gtid()::enforce));
    }
    Course course = Course.none();
    job.given("after")
        .map(Gtids::of)
        .ifPresent(
            after ->
                course.until(
                    patience(job),
                    () -> !my.answersSql() || my.data().named().containsAll(after),
                    late(() -> job.refuse("it has not applied what had no GTID"))));
    if (wanted(job) == GtidMode.Stage.ON) {
      noneAnonymous(course, job, my);
    }
    course.act(() -> say(job, my, () -> reach(job, my)));
    if (marks(job)) {
      noneAnonymous(course, job, my);
      mark(course, job, my);
    }
    return course;
  }

  private static Duration patience(Job job) {
    return seconds(job, "patience");
  }

  private static void noneAnonymous(Course course, Job job, SimMysql my) {
    course.until(
        patience(job),
        () -> !my.answersSql() || !my.data().hasAnonymousUnderWay(),
        late(() -> job.fail("transactions without a GTID are under way")));
  }

  /** The server refuses to leave a stage out. */
  private static void reach(Job job, SimMysql my) {
    GtidMode.Stage has = my.gtid().stage();
    if (has.compareTo(wanted(job)) >= 0) {
      return;
    }
    if (GtidMode.follows(has) != wanted(job)) {
      throw job.fail("ERROR 1788 (HY000): gtid_mode can only be changed one step at a time");
    }
    if (wanted(job) == GtidMode.Stage.ON && !my.gtid().consistent()) {
      throw job.fail("ERROR 3111 (HY000): enforce_gtid_consistency is not ON");
    }
    my.gtid().reach(wanted(job));
  }

  /** Two of the server's own: the second says by which GTID the first is known. */
  private static void mark(Course course, Job job, SimMysql my) {
    course
        .act(
            () ->
                say(
                    job,
                    my,
                    () -> {
                      job.remember("marker", my.uuid() + ":" + my.data().next(my.uuid()));
                      my.commit(new Txn.Other());
                    }))
        .act(
            () ->
                say(
                    job,
                    my,
                    () -> my.commit(new Txn.Marker(job.remembered("marker").orElseThrow()))))
        .until(
            patience(job),
            () -> !my.answersSql() || !my.data().marker().isEmpty(),
            late(() -> job.fail("no answer")));
  }
}

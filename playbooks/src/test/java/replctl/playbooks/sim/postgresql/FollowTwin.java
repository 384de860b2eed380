package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.StateFiles;

/** follow.sh. */
final class FollowTwin extends PgTwin {
  FollowTwin(PostgresNet net) {
    super(net);
  }

  @Override
  public Look isDone(Job job) {
    SimPostgres pg = pg(job);
    if (!hasProcess(pg)) {
      return job.value("start").equals("later")
          ? isTold(job, pg)
          : Look.notDone("the server does not run");
    }
    if (!pg.answersSql()) {
      return Look.unknown(sqlError(pg));
    }
    if (!pg.recovering()) {
      return Look.notDone("it is open as a leader");
    }
    if (!pg.config().get("primary_conninfo").equals(conninfo(job))
        || !pg.config().get("primary_slot_name").equals(job.value("slot"))) {
      return Look.notDone("it is set to receive from elsewhere");
    }
    String from = pg.receiver().upstream().map(u -> u.host().name().value()).orElse("not running");
    if (!from.equals(job.value("upstream_host"))) {
      return Look.notDone("its receiver is " + from + " " + pg.receiver().trouble());
    }
    return Look.DONE;
  }

  @Override
  public Course perform(Job job) {
    SimPostgres pg = pg(job);
    Course course;
    if (hasProcess(pg) && !closing(pg)) {
      course = Course.of(() -> pointRunning(job, pg));
    } else if (job.value("start").equals("yes")) {
      course = pointStopped(job, pg);
    } else if (job.value("start").equals("later")) {
      tellStopped(job, pg);
      return Course.none();
    } else {
      throw job.refuse("the server does not run");
    }
    return course.until(
        seconds(job, "patience"),
        () -> isDone(job).done(),
        () -> {
          throw job.fail("after " + job.value("patience") + " s " + isDone(job).why());
        });
  }

  private static Look isTold(Job job, SimPostgres pg) {
    boolean told =
        pg.config().auto().getOrDefault("primary_conninfo", "").equals(conninfo(job))
            && pg.config().auto().getOrDefault("primary_slot_name", "").equals(job.value("slot"));
    if (told) {
      job.fact("stopped", "yes");
    }
    return told ? Look.DONE : Look.notDone("it is set to receive from elsewhere");
  }

  private static void tellStopped(Job job, SimPostgres pg) {
    if (hasProcess(pg)) {
      throw job.refuse("the server does not run, and processes still have its data open");
    }
    if (!pg.hasStandbySignal()) {
      throw job.refuse("the server does not run, and would not start as a follower");
    }
    point(job, pg);
  }

  @Override
  public Course prepare(Job job) {
    SimPostgres pg = pg(job);
    if (!pg.answersSql() || !pg.recovering()) {
      throw job.refuse("it does not follow: " + sqlError(pg));
    }
    return Course.none();
  }

  @Override
  public Course command(String word, Job job) {
    if (!word.equals("follow")) {
      throw job.refuse("no such command: " + word);
    }
    return Course.of(() -> pointRunning(job, pg(job)));
  }

  private static String conninfo(Job job) {
    return job.value("conninfo").replace("@state@", job.value("state_directory"));
  }

  private static boolean closing(SimPostgres pg) {
    return pg.control().state().startsWith("shut down");
  }

  private void pointRunning(Job job, SimPostgres pg) {
    if (!pg.answersSql() || !pg.recovering()) {
      throw job.refuse("it is open as a leader");
    }
    point(job, pg);
    pg.reload();
  }

  private static void point(Job job, SimPostgres pg) {
    pg.config().auto().put("primary_conninfo", conninfo(job));
    pg.config().auto().put("primary_slot_name", job.value("slot"));
  }

  private Course pointStopped(Job job, SimPostgres pg) {
    Duration settle = Duration.ofSeconds(job.given("settle").map(Long::parseLong).orElse(10L));
    return Course.none()
        .until(settle, () -> !hasProcess(pg), () -> {})
        .then(
            () ->
                hasProcess(pg)
                    ? stopImmediate(
                        pg, Duration.ofSeconds(10), () -> job.fail("processes are still there"))
                    : Course.none())
        .act(
            () -> {
              if (StateFiles.there(job, "rewinding")) {
                throw job.refuse("a rewind was cut off: it must not run");
              }
              if (!closing(pg)) {
                throw job.refuse("it did not stop cleanly (pg_control: " + pg.control().state());
              }
              point(job, pg);
              pg.standbySignal(true);
            })
        .then(
            () ->
                start(
                    pg,
                    seconds(job, "patience"),
                    () -> job.fail("it was started and does not answer")));
  }
}

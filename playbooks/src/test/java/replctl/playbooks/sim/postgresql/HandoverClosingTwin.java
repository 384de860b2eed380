package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.world.Trouble;

/** handover-closing.sh. */
final class HandoverClosingTwin extends PgTwin {
  HandoverClosingTwin(PostgresNet net) {
    super(net);
  }

  private static boolean shutDown(SimPostgres pg) {
    return pg.control().state().equals("shut down");
  }

  @Override
  public Course prepare(Job job) {
    SimPostgres pg = pg(job);
    if (shutDown(pg)) {
      return Course.none();
    }
    if (!hasProcess(pg)) {
      throw job.refuse("the server does not run, and did not stop cleanly");
    }
    if (!pg.answersSql() || pg.recovering()) {
      throw job.refuse("it does not take writes");
    }
    return Course.none();
  }

  @Override
  public Course command(String word, Job job) {
    SimPostgres pg = pg(job);
    return switch (word) {
      case "prepare" ->
          shutDown(pg) ? Course.none() : checkpoint(job, pg).then(() -> checkpoint(job, pg));
      case "freeze" -> freeze(job, pg);
      case "thaw" -> thaw(job, pg);
      default -> throw job.refuse("no such command: " + word);
    };
  }

  private Course checkpoint(Job job, SimPostgres pg) {
    return Course.none()
        .lasts(net().dice().between(2, 60) * SimTime.MS)
        .act(
            () -> {
              if (!pg.answersSql()) {
                throw job.refuse("checkpoint: " + sqlError(pg));
              }
              pg.checkpoint();
            });
  }

  private Course freeze(Job job, SimPostgres pg) {
    Course course = Course.none();
    if (!shutDown(pg)) {
      if (!hasProcess(pg)) {
        throw job.fail("the server ended by itself");
      }
      course
          .act(pg::stopFast)
          .until(
              seconds(job, "freeze_seconds"),
              () -> shutDown(pg),
              () -> {
                throw job.fail(Trouble.OVERDUE, "a fast stop did not end");
              });
    }
    return course.act(
        () -> {
          job.fact("position", Wal.lsn(pg.control().checkpoint()));
          job.fact("timeline", Integer.toString(pg.control().timeline()));
        });
  }

  private Course thaw(Job job, SimPostgres pg) {
    if (isDone(job).done()) {
      return Course.none();
    }
    return open(job, pg)
        .act(
            () -> {
              Look look = isDone(job);
              if (!look.done()) {
                throw job.fail(look.why());
              }
            });
  }

  private Course open(Job job, SimPostgres pg) {
    if (pg.hasStandbySignal()) {
      job.fact("follows", true);
      throw job.fail("it was made a follower meanwhile");
    }
    Duration freezeLimit = seconds(job, "freeze_seconds");
    return stopImmediate(pg, freezeLimit, () -> job.fail("processes are still there"))
        .then(
            () ->
                start(
                    pg,
                    seconds(job, "start_seconds"),
                    () -> job.fail("it was started and does not answer")));
  }

  @Override
  public Look isDone(Job job) {
    SimPostgres pg = pg(job);
    if (!hasProcess(pg)) {
      job.fact("open", false);
      return Look.notDone("the server does not run");
    }
    if (!pg.answersSql()) {
      if (shutDown(pg)) {
        job.fact("open", false);
        return Look.notDone("it has shut down");
      }
      return Look.unknown(sqlError(pg));
    }
    job.fact("open", !pg.recovering());
    return pg.recovering() ? Look.notDone("it is in recovery") : Look.DONE;
  }

  @Override
  public Course perform(Job job) {
    return open(job, pg(job));
  }
}

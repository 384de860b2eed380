package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.Optional;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.world.ScriptCall;

/** handover-opening.sh. */
final class HandoverOpeningTwin extends PgTwin {
  HandoverOpeningTwin(PostgresNet net) {
    super(net);
  }

  @Override
  public boolean probesUnderLock() {
    return true;
  }

  @Override
  public Course prepare(Job job) {
    SimPostgres pg = pg(job);
    if (!pg.answersSql()) {
      throw job.refuse("no session on the server: " + sqlError(pg));
    }
    if (!pg.recovering()) {
      throw job.refuse("it does not follow: f");
    }
    return Course.none();
  }

  @Override
  public Course command(String word, Job job) {
    SimPostgres pg = pg(job);
    return switch (word) {
      case "prepare" -> Course.none();
      case "catch-up" -> catchUp(job, pg);
      case "open" -> open(job, pg);
      case "acknowledged" -> acknowledged(job, pg);
      default -> throw job.refuse("no such command: " + word);
    };
  }

  private static Course catchUp(Job job, SimPostgres pg) {
    Optional<String> position = job.asked("position");
    if (position.isEmpty()) {
      throw job.refuse("not a position: ");
    }
    long wanted = Wal.position(position.get());
    Duration limit =
        Duration.ofSeconds(
            Long.parseLong(job.asked("seconds").orElseThrow(() -> job.refuse("not a limit: "))));
    return Course.none()
        .until(
            limit,
            () -> !hasProcess(pg) || (pg.answersSql() && pg.replayedTo() > wanted),
            () -> {
              throw job.refuse(
                  "it has " + Wal.lsn(pg.replayedTo()) + " and not yet what follows " + position);
            })
        .act(
            () -> {
              if (!pg.answersSql()) {
                throw job.refuse("the session ended");
              }
              job.fact("replayed", Wal.lsn(pg.replayedTo()));
              job.remember("caught-up", "yes");
            });
  }

  private static Course open(Job job, SimPostgres pg) {
    if (job.remembered("caught-up").isEmpty()) {
      throw job.refuse("it was not seen to have everything");
    }
    return Course.of(pg::promote)
        .until(
            Duration.ofSeconds(30),
            () -> pg.open() || !hasProcess(pg),
            () -> {
              throw job.fail("after the promotion was asked for: f");
            })
        .act(
            () -> {
              if (!pg.answers()) {
                throw job.fail("after the promotion was asked for: the session ended");
              }
            });
  }

  private static Course acknowledged(Job job, SimPostgres pg) {
    Duration limit =
        Duration.ofMillis(
            Long.parseLong(
                job.asked("milliseconds").orElseThrow(() -> job.refuse("not a limit: "))));
    return Course.none()
        .until(limit, () -> !pg.answersSql() || !acks(pg).equals("awaited"), () -> {})
        .act(
            () -> {
              if (!pg.answersSql()) {
                throw job.fail("the session ended");
              }
              job.fact("acks", acks(pg));
            });
  }

  private static String acks(SimPostgres pg) {
    SyncRule rule = SyncRule.parse(pg.config().get("synchronous_standby_names"));
    if (rule.isNone()) {
      return "none";
    }
    return rule.confirmedTo(pg.senders().confirmed(false)) < 0 ? "awaited" : "seen";
  }

  @Override
  public Look isDone(Job job) {
    SimPostgres pg = pg(job);
    if (!pg.answersSql()) {
      if (!hasProcess(pg)) {
        job.fact("open", false);
        return Look.notDone("the server does not run");
      }
      return Look.unknown(sqlError(pg));
    }
    if (job.mode() == ScriptCall.Mode.PERFORM) {
      if (pg.recovering() && !pg.promoting()) {
        job.fact("open", false);
        return Look.DONE;
      }
      return Look.unknown("it has opened, or is about to");
    }
    if (!pg.recovering()) {
      job.fact("open", true);
      return Look.DONE;
    }
    if (pg.promoting()) {
      return Look.unknown("a promotion is under way");
    }
    job.fact("open", false);
    return Look.notDone("it follows");
  }

  @Override
  public Course perform(Job job) {
    throw job.refuse(isDone(job).why());
  }
}

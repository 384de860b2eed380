package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.Scripted;
import replctl.playbooks.sim.StateFiles;
import replctl.playbooks.sim.Twin;

/** freeze.sh, thaw.sh, fetch.sh, promote.sh, epoch-row.sh. */
final class PromotionTwins extends PgTwin {
  private static final String NOTE = "frozen";
  private static final String ROW = "epoch-row";

  PromotionTwins(PostgresNet net) {
    super(net);
  }

  Map<String, Twin> twins() {
    Map<String, Twin> twins = new TreeMap<>();
    twins.put("freeze", new Scripted(this::isFrozen, this::freeze));
    twins.put("thaw", new Scripted(this::isThawed, this::thaw));
    twins.put("fetch", new Scripted(this::isFetched, this::fetch));
    twins.put("epoch-row", new Scripted(this::hasRow, this::row));
    twins.put("promote", this);
    return twins;
  }

  private Look isFrozen(Job job) {
    SimPostgres pg = pg(job);
    if (!pg.answersSql()) {
      return hasProcess(pg) ? Look.unknown(sqlError(pg)) : Look.notDone("the server does not run");
    }
    if (!pg.config().get("primary_conninfo").isEmpty() || pg.receiver().streaming()) {
      return Look.notDone("it receives, or would");
    }
    if (pg.replayedTo() < pg.wal().end()) {
      return Look.notDone("what it has applied moves on");
    }
    job.fact("position", Wal.lsn(pg.wal().end()));
    job.fact("timeline", Integer.toString(pg.wal().timeline()));
    return Look.DONE;
  }

  private Course freeze(Job job) {
    SimPostgres pg = pg(job);
    return Course.of(
            () -> {
              follows(job, pg);
              String conninfo = pg.config().get("primary_conninfo");
              if (!conninfo.isEmpty()) {
                StateFiles.put(job, NOTE, job.value("operation") + "\n" + conninfo);
              }
            })
        .act(
            () -> {
              pg.config().auto().put("primary_conninfo", "");
              pg.reload();
            })
        .until(
            seconds(job, "patience"),
            () -> isFrozen(job).done(),
            () -> {
              throw job.fail(isFrozen(job).why());
            });
  }

  private static void follows(Job job, SimPostgres pg) {
    if (!pg.answersSql()) {
      throw job.refuse(sqlError(pg));
    }
    if (!pg.recovering()) {
      throw job.refuse("it is open as a leader");
    }
  }

  private Look isThawed(Job job) {
    String note = StateFiles.text(job, NOTE);
    return note.startsWith(job.value("operation") + "\n")
        ? Look.notDone("it is frozen")
        : Look.DONE;
  }

  private Course thaw(Job job) {
    SimPostgres pg = pg(job);
    return Course.of(
            () -> {
              if (!pg.answersSql()) {
                throw job.fail(sqlError(pg));
              }
              String note = StateFiles.text(job, NOTE);
              pg.config().auto().put("primary_conninfo", note.substring(note.indexOf('\n') + 1));
              pg.reload();
            })
        .act(() -> StateFiles.remove(job, NOTE));
  }

  private Look isFetched(Job job) {
    SimPostgres pg = pg(job);
    if (!pg.answersSql()) {
      return Look.unknown(sqlError(pg));
    }
    if (pg.wal().end() < Wal.position(job.value("position"))) {
      return Look.notDone("it has not got everything");
    }
    return pg.config().get("primary_conninfo").isEmpty()
        ? Look.DONE
        : Look.notDone("it still receives");
  }

  private Course fetch(Job job) {
    SimPostgres pg = pg(job);
    long wanted = Wal.position(job.value("position"));
    return Course.of(
            () -> {
              follows(job, pg);
              pg.config().auto().put("primary_conninfo", job.value("conninfo"));
              pg.config().auto().put("primary_slot_name", "");
              pg.reload();
            })
        .until(seconds(job, "patience"), () -> pg.wal().end() >= wanted, () -> {})
        .act(
            () -> {
              pg.config().auto().put("primary_conninfo", "");
              pg.reload();
              if (pg.wal().end() < wanted) {
                throw job.refuse("it has not got everything");
              }
            });
  }

  @Override
  public boolean probesUnderLock() {
    return true;
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
    SimPostgres pg = pg(job);
    return Course.of(
            () -> {
              follows(job, pg);
              pg.promote();
            })
        .until(
            Duration.ofSeconds(30),
            () -> pg.open() || !hasProcess(pg),
            () -> {
              throw job.fail("after the promotion was asked for: f");
            })
        .act(() -> StateFiles.remove(job, NOTE));
  }

  private Look hasRow(Job job) {
    return StateFiles.text(job, ROW).equals(job.given("promise").orElse("0"))
        ? Look.DONE
        : Look.notDone("there is no row of this epoch");
  }

  /** A simulated server has no tables: it stands in a file. */
  private Course row(Job job) {
    return Course.of(
        () -> {
          if (!pg(job).open()) {
            throw job.fail("it does not take writes");
          }
          StateFiles.put(job, ROW, job.given("promise").orElse("0"));
        });
  }
}

package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.Scripted;
import replctl.playbooks.sim.StateFiles;
import replctl.playbooks.sim.Twin;

/** cooperative-stop.sh, lift.sh. */
final class FencingTwins extends PgTwin {
  private static final String MARKER = "fenced";

  FencingTwins(PostgresNet net) {
    super(net);
  }

  Map<String, Twin> twins() {
    Map<String, Twin> twins = new TreeMap<>();
    twins.put("cooperative-stop", this);
    twins.put("lift", new Scripted(this::liftIsDone, this::lift));
    return twins;
  }

  @Override
  public Look isDone(Job job) {
    SimPostgres pg = pg(job);
    if (!StateFiles.there(job, MARKER)) {
      return Look.notDone("there is no marker");
    }
    if (!pg.isMasked()) {
      return Look.notDone("its unit is not masked");
    }
    job.fact("block", "masked");
    if (hasProcess(pg)) {
      return Look.notDone("processes still have the data open");
    }
    return pg.hasStandbySignal() || pg.systemId().isEmpty()
        ? Look.DONE
        : Look.notDone("standby.signal is missing");
  }

  @Override
  public Course perform(Job job) {
    SimPostgres pg = pg(job);
    return Course.of(
            () -> {
              if (job.given("stops").equals(Optional.of("no")) && hasProcess(pg)) {
                throw job.refuse("its server runs");
              }
            })
        .act(
            () ->
                StateFiles.put(
                    job, MARKER, job.given("promise").orElse("0") + " " + job.value("operation")))
        .act(() -> pg.masked(true))
        .act(() -> job.fact("how", hasProcess(pg) ? "stopped" : "was-stopped"))
        .act(() -> stop(pg))
        .until(seconds(job, "fast_seconds"), () -> !hasProcess(pg), pg::stopImmediate)
        .until(
            seconds(job, "immediate_seconds"),
            () -> !hasProcess(pg),
            () -> {
              pg.killed();
              job.fact("how", "killed");
            })
        .until(
            Duration.ofSeconds(10),
            () -> !hasProcess(pg),
            () -> {
              throw job.fail("processes are still there after KILL");
            })
        .act(() -> pg.standbySignal(pg.systemId().isPresent()));
  }

  private static void stop(SimPostgres pg) {
    if (hasProcess(pg)) {
      pg.stopFast();
    }
  }

  private Look liftIsDone(Job job) {
    if (StateFiles.there(job, MARKER)) {
      return Look.notDone("the marker is there");
    }
    return pg(job).isMasked() ? Look.notDone("its unit is masked") : Look.DONE;
  }

  private Course lift(Job job) {
    return Course.of(() -> pg(job).masked(false)).act(() -> StateFiles.remove(job, MARKER));
  }
}

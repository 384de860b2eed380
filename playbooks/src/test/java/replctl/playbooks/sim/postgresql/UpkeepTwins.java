package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.ParameterTwins;
import replctl.playbooks.sim.Scripted;
import replctl.playbooks.sim.StateFiles;
import replctl.playbooks.sim.Twin;

/** caught-up.sh, and restart.sh for its own sake. */
final class UpkeepTwins extends PgTwin {
  static final String RESTARTING = "restarting";

  /** restart.sh for parameters. */
  private final Twin forParameters;

  UpkeepTwins(PostgresNet net, Twin forParameters) {
    super(net);
    this.forParameters = forParameters;
  }

  Map<String, Twin> twins() {
    return Map.of("restart", this, "caught-up", new Scripted(this::caughtUpIsDone, this::caughtUp));
  }

  private static boolean anew(Job job) {
    return job.given("anew").equals(Optional.of("yes"));
  }

  /** noted_before: the start that this operation found. */
  private static Optional<Integer> before(Job job) {
    String[] words = StateFiles.text(job, RESTARTING).split(" ");
    return words.length == 2 && words[0].equals(job.value("operation"))
        ? Optional.of(Integer.parseInt(words[1]))
        : Optional.empty();
  }

  /** is_another. */
  private static boolean isAnother(Job job, SimPostgres pg) {
    return hasProcess(pg) && before(job).filter(start -> start != pg.starts()).isPresent();
  }

  @Override
  public Look isDone(Job job) {
    SimPostgres pg = pg(job);
    if (!anew(job)) {
      return forParameters.isDone(job);
    }
    if (!isAnother(job, pg)) {
      return Look.notDone("it was not restarted yet");
    }
    return pg.answersSql() ? Look.DONE : Look.notDone(sqlError(pg));
  }

  @Override
  public Course perform(Job job) {
    SimPostgres pg = pg(job);
    Duration patience = seconds(job, "patience");
    if (job.given("anew").equals(Optional.of("finish"))) {
      if (!hasProcess(pg)) {
        ParameterTwins.wishes(job.given("back").orElse(""))
            .forEach(w -> pg.parameters().write(w.name(), w.value()));
      }
      return start(pg, patience, () -> job.fail("it was started and does not answer"));
    }
    if (!anew(job)) {
      return forParameters.perform(job);
    }
    if (before(job).isEmpty() && !hasProcess(pg)) {
      throw job.refuse("the server does not run");
    }
    return Course.of(
            () -> {
              if (before(job).isEmpty()) {
                StateFiles.put(job, RESTARTING, job.value("operation") + " " + pg.starts());
              }
            })
        .act(pg::checkpoint)
        .act(
            () -> {
              if (!isAnother(job, pg)) {
                pg.stopFast();
              }
            })
        .until(
            patience,
            () -> !hasProcess(pg) || isAnother(job, pg),
            () -> {
              throw job.fail("processes are still there");
            })
        .then(() -> start(pg, patience, () -> job.fail("it was started and does not answer")));
  }

  /** What the one that it is to receive from has, where it answers. */
  private Optional<Long> there(Job job) {
    return Optional.ofNullable(pg(job).config().get("primary_conninfo"))
        .flatMap(text -> Optional.ofNullable(Conninfo.read(text).get("host")))
        .flatMap(host -> net().at(host))
        .filter(SimPostgres::answersSql)
        .map(pg -> pg.recovering() ? pg.replayedTo() : pg.wal().end());
  }

  private Look caughtUpIsDone(Job job) {
    SimPostgres pg = pg(job);
    Optional<Long> at = job.remembered("at").map(Long::parseLong).or(() -> there(job));
    if (at.isEmpty()) {
      return Look.notDone("its upstream does not answer");
    }
    if (!pg.answersSql() || !pg.recovering() || !pg.receiver().streaming()) {
      return Look.notDone("its receiver is not running");
    }
    return pg.replayedTo() >= at.get() ? Look.DONE : Look.notDone("there is more");
  }

  private Course caughtUp(Job job) {
    Duration patience = seconds(job, "patience");
    return Course.none()
        .until(
            patience,
            () -> there(job).isPresent(),
            () -> {
              throw job.fail("its upstream does not answer");
            })
        .act(
            () ->
                job.remember(
                    "at",
                    Long.toString(there(job).orElseThrow(() -> job.fail("its upstream is gone")))))
        .until(
            patience,
            () -> caughtUpIsDone(job).done(),
            () -> {
              throw job.fail(caughtUpIsDone(job).why());
            });
  }
}

package replctl.playbooks.sim.postgresql;

import java.util.Optional;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;

/** sender-timeout.sh. */
final class SenderTimeoutTwin extends PgTwin {
  private static final String PARAMETER = "wal_sender_timeout";

  SenderTimeoutTwin(PostgresNet net) {
    super(net);
  }

  private static String note(Job job) {
    return job.value("state_directory") + "/sender-timeout";
  }

  @Override
  public Look isDone(Job job) {
    SimPostgres pg = pg(job);
    Optional<String> wanted = job.given("wanted");
    if (wanted.isEmpty()) {
      return job.host().files().containsKey(note(job))
          ? Look.notDone("it is still lowered")
          : Look.DONE;
    }
    if (!pg.answersSql()) {
      return Look.unknown(sqlError(pg));
    }
    String now = pg.config().millis(PARAMETER) + "ms";
    return now.equals(wanted.get()) ? Look.DONE : Look.notDone("it is " + now);
  }

  @Override
  public Course perform(Job job) {
    return Course.of(() -> set(job, pg(job)));
  }

  private static void set(Job job, SimPostgres pg) {
    Optional<String> wanted = job.given("wanted");
    String note = note(job);
    if (wanted.isPresent()) {
      if (!pg.answersSql()) {
        throw job.refuse("cannot ask the server");
      }
      String before =
          Optional.ofNullable(pg.config().auto().get(PARAMETER))
              .map(v -> Config.millisOf(v) + "ms")
              .orElse("");
      job.host().files().putIfAbsent(note, before);
      pg.config().auto().put(PARAMETER, wanted.get());
    } else {
      // One that does not run is told by its file.
      if (!pg.answersSql() && hasProcess(pg)) {
        throw job.fail("the server does not answer");
      }
      String before = job.host().files().get(note);
      if (before.isEmpty()) {
        pg.config().auto().remove(PARAMETER);
      } else {
        pg.config().auto().put(PARAMETER, before);
      }
      job.host().files().remove(note);
    }
    if (pg.answersSql()) {
      pg.reload();
    }
  }
}

package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.function.Supplier;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.ScriptEnd;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.Twin;

/** What PostgreSQL's simulated scripts share: the twin of postgresql/lib.sh. */
abstract class PgTwin implements Twin {
  private final PostgresNet net;

  PgTwin(PostgresNet net) {
    this.net = net;
  }

  PostgresNet net() {
    return net;
  }

  SimPostgres pg(Job job) {
    return net.at(job.host().name().value()).orElseThrow();
  }

  /** server_pid. */
  static boolean hasProcess(SimPostgres pg) {
    return pg.process() != SimPostgres.Processes.NONE;
  }

  /** A session's answer when it is not let in, or hears nothing. */
  static String sqlError(SimPostgres pg) {
    if (pg.isFrozen()) {
      return "timeout expired";
    }
    return switch (pg.process()) {
      case NONE -> "connection to server failed: No such file or directory";
      case STARTING -> "FATAL:  the database system is starting up";
      case STOPPING -> "FATAL:  the database system is shutting down";
      case RUNNING -> "";
    };
  }

  static Duration seconds(Job job, String value) {
    return Duration.ofSeconds(Long.parseLong(job.value(value)));
  }

  /** start_server: through the unit or pg_ctl; waits until it answers. */
  Course start(SimPostgres pg, Duration limit, Supplier<ScriptEnd> late) {
    return Course.of(() -> pg.start(net.dice().between(20, 300) * SimTime.MS))
        .until(
            limit,
            pg::answersSql,
            () -> {
              throw late.get();
            });
  }

  /** stop_server immediate. */
  Course stopImmediate(SimPostgres pg, Duration limit, Supplier<ScriptEnd> late) {
    return Course.of(pg::stopImmediate)
        .until(
            limit,
            () -> !hasProcess(pg),
            () -> {
              throw late.get();
            });
  }
}

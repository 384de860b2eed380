package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.Scripted;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.Twin;

/** password.sh, and what a password lets in. */
final class PasswordTwins extends PgTwin {
  PasswordTwins(PostgresNet net) {
    super(net);
  }

  Map<String, Twin> twins() {
    return Map.of("password", new Scripted(this::isDone, this::perform));
  }

  /** Whether that host's password file has what the server asks of the role. */
  static boolean mayLogIn(PostgresNet net, SimHost from, SimPostgres to, String role) {
    Optional<String> wanted = net.password(to, role);
    String start = to.host().name() + ":5432:*:" + role + ":";
    return wanted.isEmpty()
        || from.files()
            .getOrDefault(PgPaths.state(from) + "/passfile", "")
            .lines()
            .filter(line -> line.startsWith(start))
            .map(line -> replctl.playbooks.sim.PasswordTwins.which(line.substring(start.length())))
            .anyMatch(wanted.get()::equals);
  }

  private static String wanted(Job job, String value) {
    return replctl.playbooks.sim.PasswordTwins.which(job.value(value));
  }

  /** Whether that server has the new password of a role. */
  static boolean has(PostgresNet net, SimPostgres server, String role, String password) {
    return net.password(server, role)
        .orElse("old")
        .equals(replctl.playbooks.sim.PasswordTwins.which(password));
  }

  @Override
  public Look isDone(Job job) {
    SimPostgres pg = pg(job);
    if (!pg.answersSql()) {
      return Look.unknown(sqlError(pg));
    }
    return net().password(pg, job.value("role")).orElse("old").equals(wanted(job, "password"))
        ? Look.DONE
        : Look.notDone("the role has another password");
  }

  @Override
  public Course perform(Job job) {
    SimPostgres pg = pg(job);
    return Course.of(
            () -> {
              if (!pg.answersSql() || pg.recovering()) {
                throw job.refuse("it is not the leader");
              }
            })
        .act(() -> net().changed(pg.statement(), job.value("role"), wanted(job, "password")));
  }

  static Duration patience(Job job) {
    return seconds(job, "patience");
  }
}

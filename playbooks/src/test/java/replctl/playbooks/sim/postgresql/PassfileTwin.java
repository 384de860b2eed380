package replctl.playbooks.sim.postgresql;

import java.util.List;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.StateFiles;

/** passfile.sh. */
final class PassfileTwin extends PgTwin {
  PassfileTwin(PostgresNet net) {
    super(net);
  }

  private static String passfileText(Job job) {
    StringBuilder text = new StringBuilder();
    for (String line : job.value("hosts").split("\n")) {
      for (String role : List.of("replication", "rewind")) {
        text.append(line.trim().replace(' ', ':'))
            .append(":*:")
            .append(job.value(role))
            .append(':')
            .append(job.value(role + "_password"))
            .append('\n');
      }
    }
    return text.toString();
  }

  @Override
  public Look isDone(Job job) {
    return StateFiles.text(job, "passfile").equals(passfileText(job))
        ? Look.DONE
        : Look.notDone("the password file is missing or says something else");
  }

  @Override
  public Course perform(Job job) {
    Course course = Course.none();
    if (job.given("replication_verifier").isPresent()) {
      course.until(
          PasswordTwins.patience(job),
          () -> hasThem(job),
          () -> {
            throw job.refuse("its own server does not have the new password");
          });
    }
    return course.act(() -> StateFiles.put(job, "passfile", passfileText(job)));
  }

  private boolean hasThem(Job job) {
    SimPostgres pg = pg(job);
    return pg.answersSql()
        && List.of("replication", "rewind").stream()
            .allMatch(
                role ->
                    PasswordTwins.has(net(), pg, job.value(role), job.value(role + "_password")));
  }
}

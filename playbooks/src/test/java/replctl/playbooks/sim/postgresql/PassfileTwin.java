package replctl.playbooks.sim.postgresql;

import java.util.List;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.StateFiles;
import replctl.playbooks.sim.Twin;

/** passfile.sh. */
final class PassfileTwin implements Twin {
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
    return Course.of(() -> StateFiles.put(job, "passfile", passfileText(job)));
  }
}

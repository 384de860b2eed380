package replctl.playbooks.sim;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** fence/drill.sh. */
public final class DrillTwin implements Twin {
  private static final String FILE = "drills";

  @Override
  public Look isDone(Job job) {
    return StateFiles.text(job, FILE).contains(line(job))
        ? Look.DONE
        : Look.notDone("the file does not say so");
  }

  @Override
  public Course perform(Job job) {
    return Course.of(
        () -> {
          String others =
              Stream.of(StateFiles.text(job, FILE).split("\n"))
                  .filter(line -> !line.isEmpty() && !line.startsWith(job.value("node") + " "))
                  .map(line -> line + "\n")
                  .collect(Collectors.joining());
          StateFiles.put(job, FILE, others + line(job));
        });
  }

  private static String line(Job job) {
    return Stream.of("node", "devices", "at", "result")
            .map(job::value)
            .collect(Collectors.joining(" "))
        + "\n";
  }
}

package replctl.it.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import replctl.it.Replctl;

/**
 * An operator's operations, by their journals.
 *
 * @param state the operator's folder of state
 */
public record Operations(Path state) {
  /** Those that did not end. */
  public List<String> unfinished() {
    return journals().stream()
        .filter(j -> !lines(j).contains("\"entry\":\"ended\""))
        .map(j -> j.getFileName().toString().replace(".jsonl", ""))
        .toList();
  }

  /** Those that can be resumed: cut off, or ended with something left to do. */
  public List<String> resumable() {
    return journals().stream()
        .filter(j -> !isOver(lines(j).strip()))
        .map(j -> j.getFileName().toString().replace(".jsonl", ""))
        .toList();
  }

  private static boolean isOver(String journal) {
    String last = journal.substring(journal.lastIndexOf('\n') + 1);
    return last.contains("\"entry\":\"ended\"") && !last.contains("\"ending\":\"incomplete\"");
  }

  /** The journals, oldest first. */
  public List<Path> journals() {
    if (!Files.isDirectory(state)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(state)) {
      return all.filter(p -> p.toString().endsWith(".jsonl")).sorted().toList();
    } catch (IOException | UncheckedIOException moved) {
      return List.of();
    }
  }

  /** The text of a journal, or none where it is not there. */
  public static String lines(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      return "";
    }
  }

  /**
   * Kills replctl once the journal of its operation has that many lines; whether it still ran then.
   */
  public boolean killAtLine(Replctl.Running running, List<Path> before, int lines) {
    if (!await(running, before, journal -> journal.lines().count() >= lines)) {
      return false;
    }
    running.process().destroyForcibly();
    return running.result().code() == 137;
  }

  /**
   * Sends replctl a signal once the journal of its operation says so; whether it still ran then.
   *
   * @param signal INT, TERM or HUP
   */
  public boolean signalWhen(
      Replctl.Running running, List<Path> before, Predicate<String> journal, String signal) {
    return await(running, before, journal)
        && Shell.end(List.of("kill", "-" + signal, Long.toString(running.process().pid()))).code()
            == 0;
  }

  private boolean await(Replctl.Running running, List<Path> before, Predicate<String> says) {
    while (running.process().isAlive()) {
      if (journals().stream().filter(j -> !before.contains(j)).anyMatch(j -> says.test(lines(j)))) {
        return true;
      }
      LockSupport.parkNanos(1_000_000);
    }
    return false;
  }
}

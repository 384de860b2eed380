package replctl.inventory;

import java.time.Duration;
import java.util.List;

/**
 * A program of the operator's own, run on the operator's host without a shell.
 *
 * @param command the program and its arguments
 * @param timeout how long it may take
 */
public record OwnProgram(List<String> command, Duration timeout) {
  /** What a program gets that says nothing. */
  public static final Duration USUAL = Duration.ofSeconds(30);

  public OwnProgram {
    command = List.copyOf(command);
  }
}

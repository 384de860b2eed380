package replctl.playbooks.fence;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import replctl.inventory.NodeName;

/**
 * One drill, as the hosts remember it: a line {@code NODE DEVICES AT RESULT} of the file {@code
 * drills} in a node's state folder.
 *
 * @param devices the fingerprint of the devices that were tried
 * @param at by the clock of the operator who held it
 */
public record Drill(NodeName node, String devices, Instant at, boolean passed) {
  private static final Pattern LINE =
      Pattern.compile(
          "([a-z0-9][a-z0-9-]{0,39}) ([0-9a-f]{16}) ([0-9TZ:.-]{20,30}) (passed|failed)");

  /** What a line says; empty when it can't be read. */
  static Optional<Drill> read(String line) {
    Matcher words = LINE.matcher(line);
    if (!words.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Drill(
              new NodeName(words.group(1)),
              words.group(2),
              Instant.parse(words.group(3)),
              words.group(4).equals("passed")));
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }
}

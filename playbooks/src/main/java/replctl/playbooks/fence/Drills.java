package replctl.playbooks.fence;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.Node;
import replctl.inventory.NodeName;

/**
 * What all hosts together remember of drills: the last one of each node.
 *
 * @param last by node
 */
public record Drills(Map<NodeName, Drill> last) {
  /** A device that was not tried for longer counts as not tried. */
  public static final Duration GOOD_FOR = Duration.ofDays(90);

  /** The fact by which hosts tell what they remember: the text of their file. */
  public static final String FACT = "drills";

  /** A host that has more to say than this many drills is not believed. */
  private static final int MOST = 1000;

  public Drills {
    last = Map.copyOf(last);
  }

  /** How a node's devices stand. */
  public enum Standing {
    /** The node has no devices. */
    NONE,
    NEVER,
    PASSED,
    FAILED,
    /** It was with other devices, or other options of them. */
    CHANGED,
    /** It is longer ago than it is good for. */
    OLD
  }

  /**
   * Puts the hosts' files together; lines that can't be read are left out.
   *
   * @param files the texts
   */
  public static Drills of(Collection<String> files) {
    Map<NodeName, Drill> last = new HashMap<>();
    for (String file : files) {
      file.lines()
          .limit(MOST)
          .flatMap(line -> Drill.read(line).stream())
          .forEach(
              drill -> last.merge(drill.node(), drill, (a, b) -> b.at().isAfter(a.at()) ? b : a));
    }
    return new Drills(last);
  }

  /** How the devices of a node stand at that moment. */
  public Standing of(Node node, Instant now) {
    if (node.fence().isEmpty()) {
      return Standing.NONE;
    }
    Optional<Drill> drill = Optional.ofNullable(last.get(node.name()));
    if (drill.isEmpty()) {
      return Standing.NEVER;
    }
    if (!drill.get().devices().equals(Devices.fingerprint(node))) {
      return Standing.CHANGED;
    }
    if (!drill.get().passed()) {
      return Standing.FAILED;
    }
    return age(node, now).compareTo(GOOD_FOR) > 0 ? Standing.OLD : Standing.PASSED;
  }

  /** Whether the devices were seen to switch this very host, lately enough. */
  public boolean passed(Node node, Instant now) {
    return of(node, now) == Standing.PASSED;
  }

  /** How long ago the last drill was; zero when it lies ahead of that clock, or there was none. */
  public Duration age(Node node, Instant now) {
    return Optional.ofNullable(last.get(node.name()))
        .map(drill -> Duration.between(drill.at(), now))
        .filter(age -> !age.isNegative())
        .orElse(Duration.ZERO);
  }

  /** In words: {@code drilled 12 d ago}, {@code never drilled}; empty without devices. */
  public String words(Node node, Instant now) {
    return switch (of(node, now)) {
      case NONE -> "";
      case NEVER -> "never drilled";
      case PASSED -> "drilled " + ago(age(node, now));
      case FAILED -> "failed its drill " + ago(age(node, now));
      case CHANGED -> "changed since its drill";
      case OLD -> "drilled " + ago(age(node, now)) + ", limit " + GOOD_FOR.toDays() + " d";
    };
  }

  private static String ago(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + " d ago";
    }
    return age.toHours() > 0 ? age.toHours() + " h ago" : "just now";
  }
}

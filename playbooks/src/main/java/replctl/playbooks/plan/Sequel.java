package replctl.playbooks.plan;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What comes after a plan is decided on what it found: the operation goes on with another one.
 *
 * @param asked what the operator has typed, by the option's name: whoever resumes it decides alike
 */
public record Sequel(SortedMap<String, String> asked) {
  /** Why a leader that answers, or could be opened again, is given up. */
  public static final String LEADER_IS_BROKEN = "leader-is-broken";

  public Sequel {
    asked = Collections.unmodifiableSortedMap(new TreeMap<>(asked));
  }

  /** With these options. */
  public static Sequel of(Map<String, String> asked) {
    return new Sequel(new TreeMap<>(asked));
  }

  /** What was typed for an option. */
  public Optional<String> option(String name) {
    return Optional.ofNullable(asked.get(name));
  }
}

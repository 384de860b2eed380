package replctl.playbooks.plan;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a plan was decided on. A plan file is run only while these facts still hold; positions,
 * which always move, are not among them.
 *
 * @param seenAt by the operator's clock
 */
public record Basis(Instant seenAt, SortedMap<String, String> facts) {
  public Basis {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
  }
}

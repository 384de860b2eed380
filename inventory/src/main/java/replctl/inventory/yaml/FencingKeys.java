package replctl.inventory.yaml;

import java.util.HashSet;
import java.util.List;
import replctl.inventory.Fencing;

/** The section {@code fencing}. */
final class FencingKeys {
  /**
   * Weaker proofs are reported and never accepted by a standing setting; the operator's word is
   * typed for each failover.
   */
  static final Key<List<Fencing.Strength>> ACCEPT =
      Key.optional(
              "accept",
              new ListType<>(
                  "proofs", WordType.of(Fencing.Strength.POWER, Fencing.Strength.STOPPED), 1),
              "Proofs that an old leader can't write, any one of which suffices.")
          .otherwise("[power, stopped]");

  static final Section SECTION = Section.of("fencing", ACCEPT);

  private FencingKeys() {}

  static Fencing of(Fields fields) {
    return fields
        .get(ACCEPT)
        .map(accept -> new Fencing(new HashSet<>(accept)))
        .orElse(Fencing.DEFAULTS);
  }
}

package replctl.inventory.yaml;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  static final Key<Duration> SSH_PATIENCE =
      Key.optional(
              "ssh_patience",
              new TextType<>(new DurationForm()),
              "How long SSH may take to log in to an old leader before its power goes off.")
          .otherwise("1s");

  static final Section SECTION = Section.of("fencing", ACCEPT, SSH_PATIENCE);

  private FencingKeys() {}

  static Fencing of(Fields fields) {
    Fencing base = Fencing.DEFAULTS;
    return new Fencing(
        fields.get(ACCEPT).<Set<Fencing.Strength>>map(HashSet::new).orElse(base.accept()),
        fields.get(SSH_PATIENCE).orElse(base.sshPatience()));
  }
}

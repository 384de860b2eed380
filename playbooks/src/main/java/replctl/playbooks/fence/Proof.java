package replctl.playbooks.fence;

import java.util.Arrays;
import java.util.Optional;
import replctl.inventory.Fencing;
import replctl.playbooks.world.Facts;

/**
 * By which proof a node is closed, as the answer of a step that closes one says it, and as a record
 * keeps it.
 *
 * @param how in words
 * @param owed what must still be done there when its host can be reached again; empty: nothing
 */
public record Proof(Fencing.Strength strength, String how, Optional<String> owed) {
  /** Reads a step's facts; empty when they prove nothing. */
  public static Optional<Proof> of(Facts facts) {
    return facts
        .text("closed")
        .flatMap(
            word ->
                Arrays.stream(Fencing.Strength.values())
                    .filter(strength -> strength.word().equals(word))
                    .findFirst())
        .map(strength -> new Proof(strength, facts.text("how").orElse(""), facts.text("owed")));
  }
}

package replctl.playbooks.world;

import java.time.Instant;
import java.util.Optional;
import replctl.inventory.secret.Secret;

/**
 * Secrets that last, of one cluster: a folder beside the inventory that only its owner may read.
 */
public interface Vault {
  /** Whether the secret exists. */
  boolean has(SecretRef ref);

  /**
   * The secret, made at random where there is none yet; one that is there only while an operation
   * renews it is not made so.
   */
  Secret get(SecretRef ref);

  /** Whether the inventory says where it is: then it is the operator's own. */
  default boolean isDeclared(SecretRef ref) {
    return false;
  }

  /** Since when it is what it is, where that is known. */
  default Optional<Instant> since(SecretRef ref) {
    return Optional.empty();
  }
}

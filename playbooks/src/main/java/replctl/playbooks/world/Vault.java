package replctl.playbooks.world;

import replctl.inventory.secret.Secret;

/**
 * Secrets that last, of one cluster: a folder beside the inventory that only its owner may read.
 */
public interface Vault {
  /** Whether the secret exists. */
  boolean has(SecretRef ref);

  /** The secret, made at random where there is none yet. */
  Secret get(SecretRef ref);
}

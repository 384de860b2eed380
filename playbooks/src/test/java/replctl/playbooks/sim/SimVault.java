package replctl.playbooks.sim;

import java.util.Set;
import java.util.TreeSet;
import replctl.inventory.secret.Secret;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Vault;

/** Secrets that can be told apart, and recognised where they do not belong. */
final class SimVault implements Vault {
  /** The beginning of every secret: found in a journal or a trace, it has leaked. */
  static final String CANARY = "canary-";

  private final Set<String> made = new TreeSet<>();

  @Override
  public boolean has(SecretRef ref) {
    return made.contains(ref.name());
  }

  @Override
  public Secret get(SecretRef ref) {
    made.add(ref.name());
    return new Secret(CANARY + ref.name());
  }
}

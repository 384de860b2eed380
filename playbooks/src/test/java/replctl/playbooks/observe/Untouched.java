package replctl.playbooks.observe;

import java.util.List;
import java.util.Optional;
import replctl.inventory.secret.Secret;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Store;
import replctl.playbooks.world.Vault;

/** A look keeps nothing and needs no secret. */
final class Untouched implements Store, Vault {
  @Override
  public Optional<String> read(String name) {
    throw new AssertionError(name);
  }

  @Override
  public void append(String name, String line) {
    throw new AssertionError(name);
  }

  @Override
  public void remove(String name) {
    throw new AssertionError(name);
  }

  @Override
  public void replace(String name, String text) {
    throw new AssertionError(name);
  }

  @Override
  public List<String> list(String folder) {
    throw new AssertionError(folder);
  }

  @Override
  public Hold lock(String name, String owner) {
    throw new AssertionError(name);
  }

  @Override
  public boolean has(SecretRef ref) {
    throw new AssertionError(ref);
  }

  @Override
  public Secret get(SecretRef ref) {
    throw new AssertionError(ref);
  }
}

package replctl.inventory.secret;

import java.nio.file.Path;
import java.util.List;

/** Where a secret comes from. Reading it is put off until it is needed. */
public sealed interface SecretSource {
  /** The first line of a file, which nobody but its owner may read. */
  record FromFile(Path file) implements SecretSource {}

  /** The first line that a program prints; run without a shell. */
  record FromCommand(List<String> command) implements SecretSource {
    public FromCommand {
      command = List.copyOf(command);
    }
  }

  /** An environment variable. */
  record FromEnvironment(String variable) implements SecretSource {}

  /** A systemd credential, in {@code $CREDENTIALS_DIRECTORY}. */
  record FromCredential(String name) implements SecretSource {}

  /** Written plainly in the inventory: read, and warned about. */
  record Plain(Secret secret) implements SecretSource {}
}

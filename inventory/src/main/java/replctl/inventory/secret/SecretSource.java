package replctl.inventory.secret;

import java.nio.file.Path;
import java.util.List;

/** Where a secret comes from. Reading it is put off until it is needed. */
public sealed interface SecretSource {
  /** The source in words, without the secret: {@code file /etc/replctl/shop}. */
  String inWords();

  /** The first line of a file, which nobody but its owner may read. */
  record FromFile(Path file) implements SecretSource {
    @Override
    public String inWords() {
      return "file " + file;
    }
  }

  /** The first line that a program prints; run without a shell. */
  record FromCommand(List<String> command) implements SecretSource {
    public FromCommand {
      command = List.copyOf(command);
    }

    @Override
    public String inWords() {
      return "command " + String.join(" ", command);
    }
  }

  /** An environment variable. */
  record FromEnvironment(String variable) implements SecretSource {
    @Override
    public String inWords() {
      return "environment variable " + variable;
    }
  }

  /** A systemd credential, in {@code $CREDENTIALS_DIRECTORY}. */
  record FromCredential(String name) implements SecretSource {
    @Override
    public String inWords() {
      return "credential " + name;
    }
  }

  /** Written plainly in the inventory: read, and warned about. */
  record Plain(Secret secret) implements SecretSource {
    @Override
    public String inWords() {
      return secret.toString();
    }
  }
}

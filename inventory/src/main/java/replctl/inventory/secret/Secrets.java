package replctl.inventory.secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import replctl.inventory.secret.SecretReading.Failed;
import replctl.inventory.secret.SecretReading.Found;
import replctl.inventory.secret.SecretReading.Reason;

/** Fetches secrets from where the inventory says they are. Keeps none of them. */
public final class Secrets {
  /** How long a command may take: some ask a server far away, some a person with a hardware key. */
  public static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);

  /** A private key has 3 kB, and nobody's password 64. */
  static final int MOST_BYTES = 64 << 10;

  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final Map<String, String> environment;
  private final Path folder;
  private final SecretCommand commands;

  /**
   * With the usual limit for commands.
   *
   * @param environment what variables, credentials and commands see
   * @param folder where relative paths and commands start: the inventory's
   */
  public Secrets(Map<String, String> environment, Path folder) {
    this(environment, folder, COMMAND_LIMIT);
  }

  Secrets(Map<String, String> environment, Path folder, Duration commandLimit) {
    this.environment = Map.copyOf(environment);
    this.folder = folder;
    this.commands = new SecretCommand(this.environment, folder, commandLimit);
  }

  /** A secret of one line, such as a password: the first line of what the source gives. */
  public SecretReading read(SecretSource source) {
    return fetch(source, true);
  }

  /** A secret of any number of lines, such as a private key: all that the source gives. */
  public SecretReading readWhole(SecretSource source) {
    return fetch(source, false);
  }

  private SecretReading fetch(SecretSource source, boolean oneLine) {
    if (source instanceof SecretSource.FromFile file) {
      Path path = folder.resolve(file.file());
      return file(path, path.toString(), true, oneLine);
    }
    if (source instanceof SecretSource.FromCommand command) {
      SecretCommand.Output output = commands.run(command.command());
      return output.failure().isPresent()
          ? output.failure().get()
          : text(output.bytes(), source.inWords(), oneLine);
    }
    if (source instanceof SecretSource.FromEnvironment variable) {
      return variable(variable, oneLine);
    }
    if (source instanceof SecretSource.FromCredential credential) {
      return credential(credential.name(), oneLine);
    }
    return new Found(((SecretSource.Plain) source).secret());
  }

  private SecretReading variable(SecretSource.FromEnvironment source, boolean oneLine) {
    String value = environment.get(source.variable());
    if (value == null) {
      return new Failed(Reason.MISSING, source.inWords() + " is not set");
    }
    if (oneLine && value.indexOf('\n') >= 0) {
      return new Failed(Reason.MALFORMED, source.inWords() + " holds more than one line");
    }
    return secret(value, source.inWords());
  }

  private SecretReading credential(String name, boolean oneLine) {
    String directory = environment.get("CREDENTIALS_DIRECTORY");
    String words = "credential " + name;
    if (directory == null || directory.isEmpty()) {
      return new Failed(
          Reason.MISSING, words + ": $CREDENTIALS_DIRECTORY is not set; systemd sets it in a unit");
    }
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.equals(".") || name.equals("..")) {
      return new Failed(Reason.MISSING, words + ": not the name of a credential");
    }
    try {
      // systemd lets the unit's user read it through an access list, which shows as group bits.
      return file(Path.of(directory, name), words, false, oneLine);
    } catch (InvalidPathException unusable) {
      return new Failed(Reason.MISSING, words + ": not the name of a credential");
    }
  }

  private static SecretReading file(Path file, String words, boolean closed, boolean oneLine) {
    try {
      PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
      if (!attributes.isRegularFile()) {
        return new Failed(Reason.UNREADABLE, words + ": not a plain file");
      }
      if (closed && attributes.permissions().stream().anyMatch(OF_OTHERS::contains)) {
        return new Failed(
            Reason.TOO_OPEN, words + ": others than its owner may use it; run: chmod 600 " + file);
      }
      try (InputStream in = Files.newInputStream(file)) {
        return text(ByteBuffer.wrap(in.readNBytes(MOST_BYTES + 1)), words, oneLine);
      }
    } catch (NoSuchFileException missing) {
      return new Failed(Reason.MISSING, words + ": there is no such file");
    } catch (AccessDeniedException denied) {
      return new Failed(Reason.UNREADABLE, words + ": it may not be read by this user");
    } catch (IOException | UnsupportedOperationException unreadable) {
      return new Failed(Reason.UNREADABLE, words + ": it can't be read");
    }
  }

  private static SecretReading text(ByteBuffer bytes, String words, boolean oneLine) {
    if (bytes.remaining() > MOST_BYTES) {
      return new Failed(Reason.MALFORMED, words + ": longer than 64 KiB");
    }
    Optional<String> text = decode(bytes);
    if (text.isEmpty()) {
      return new Failed(Reason.MALFORMED, words + ": not UTF-8 text");
    }
    return secret(oneLine ? firstLine(text.get()) : text.get(), words);
  }

  private static SecretReading secret(String value, String words) {
    if (value.isEmpty()) {
      return new Failed(Reason.MALFORMED, words + ": empty");
    }
    if (value.indexOf('\0') >= 0) {
      return new Failed(Reason.MALFORMED, words + ": it holds a NUL character");
    }
    return new Found(new Secret(value));
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    return end > 0 && line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private static Optional<String> decode(ByteBuffer bytes) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }
}

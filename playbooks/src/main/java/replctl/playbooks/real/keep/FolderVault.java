package replctl.playbooks.real.keep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import replctl.inventory.secret.Secret;
import replctl.inventory.secret.SecretReading;
import replctl.inventory.secret.SecretSource;
import replctl.inventory.secret.Secrets;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Vault;

/**
 * One file a secret, mode 0600, in a folder of mode 0700. What the inventory says of a secret wins
 * over what lies there.
 */
public final class FolderVault implements Vault {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** 32 of 62 digits: 190 bits. */
  private static final int LENGTH = 32;

  private final Path folder;
  private final Map<SecretRef, Declared> declared;
  private final Secrets secrets;
  private final SecureRandom random;

  /**
   * What the inventory says of a secret.
   *
   * @param whole it is a key, of many lines; else a password: the first line
   */
  public record Declared(SecretSource source, boolean whole) {}

  /**
   * @param folder is made with the first secret
   * @param declared what the inventory says where to find
   */
  public FolderVault(
      Path folder, Map<SecretRef, Declared> declared, Secrets secrets, SecureRandom random) {
    this.folder = folder;
    this.declared = Map.copyOf(declared);
    this.secrets = secrets;
    this.random = random;
  }

  @Override
  public boolean has(SecretRef ref) {
    return declared.containsKey(ref) || Files.exists(file(ref));
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnreadableSecret when it can't be read or made
   */
  @Override
  public synchronized Secret get(SecretRef ref) {
    Declared source = declared.get(ref);
    if (source == null) {
      Path file = file(ref);
      if (!Files.exists(file)) {
        if (ref.isPassing()) {
          throw new UnreadableSecret(
              "secret "
                  + ref.name()
                  + " is not in "
                  + folder
                  + ": it is on the host on which the passwords began to be renewed");
        }
        make(ref, file);
      }
      source = new Declared(new SecretSource.FromFile(file), false);
    }
    return read(ref, source.source(), source.whole(), secrets);
  }

  @Override
  public boolean isDeclared(SecretRef ref) {
    return declared.containsKey(ref);
  }

  /** {@inheritDoc} The file is written anew with each. */
  @Override
  public Optional<Instant> since(SecretRef ref) {
    try {
      return declared.containsKey(ref)
          ? Optional.empty()
          : Optional.of(Files.getLastModifiedTime(file(ref)).toInstant());
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  /**
   * Reads a secret from where it is said to be.
   *
   * @param whole it is a key, of many lines; else a password: the first line
   * @throws UnreadableSecret when it can't be read
   */
  public static Secret read(SecretRef ref, SecretSource source, boolean whole, Secrets secrets) {
    SecretReading reading = whole ? secrets.readWhole(source) : secrets.read(source);
    if (reading instanceof SecretReading.Failed failed) {
      throw new UnreadableSecret("secret " + ref.name() + ": " + failed.words());
    }
    return ((SecretReading.Found) reading).secret();
  }

  private Path file(SecretRef ref) {
    return folder.resolve(ref.name());
  }

  /** Whole or not at all; if another process makes it meanwhile, that one holds. */
  private void make(SecretRef ref, Path file) {
    try {
      Folders.make(folder);
      Path made = folder.resolve("." + ref.name() + "." + digits(8));
      try {
        try (FileChannel channel =
            FileChannel.open(
                made,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                Folders.OWN_FILE)) {
          channel.write(
              ByteBuffer.wrap((digits(LENGTH) + "\n").getBytes(StandardCharsets.US_ASCII)));
          channel.force(true);
        }
        Files.createLink(file, made);
      } catch (FileAlreadyExistsException madeByAnother) {
        // It is read like any other.
      } finally {
        Files.deleteIfExists(made);
      }
      Folders.sync(folder);
    } catch (IOException unable) {
      throw new UnreadableSecret(
          "secret " + ref.name() + ": " + file + " can't be made: " + unable.getMessage(), unable);
    }
  }

  private String digits(int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return text.toString();
  }
}

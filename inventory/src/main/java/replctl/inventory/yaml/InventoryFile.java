package replctl.inventory.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the file's bytes, if it is a plain file that not everybody can change: who can write to the
 * inventory can make replctl fence and run what they like.
 */
final class InventoryFile {
  /** A thousand hosts need a tenth of it. */
  static final int MOST_BYTES = 1 << 20;

  private InventoryFile() {}

  /** The content; empty when a problem was told. */
  static Optional<byte[]> read(Path file, Problems problems) {
    try {
      // Of the real file, where this one is a link.
      PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
      if (!attributes.isRegularFile()) {
        String kind = attributes.isDirectory() ? "a folder" : "a pipe or device";
        refuse(problems, "expected a file, found " + kind);
        return Optional.empty();
      }
      permissions(attributes.permissions(), problems);
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
          refuse(problems, "it is larger than 1 MiB");
          return Optional.empty();
        }
        return Optional.of(bytes);
      }
    } catch (NoSuchFileException missing) {
      refuse(
          problems,
          Files.isSymbolicLink(file) ? "the link leads to no file" : "there is no such file");
    } catch (AccessDeniedException denied) {
      refuse(problems, "it may not be read by this user");
    } catch (IOException | UnsupportedOperationException unreadable) {
      refuse(problems, "it can't be read");
    }
    return Optional.empty();
  }

  private static void permissions(Set<PosixFilePermission> permissions, Problems problems) {
    if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      refuse(problems, "anybody can write to it; run: chmod go-w");
    } else if (permissions.contains(PosixFilePermission.GROUP_WRITE)) {
      problems.warn(Place.WHOLE_FILE, "", "its group can write to it; better: chmod g-w");
    }
  }

  private static void refuse(Problems problems, String why) {
    problems.error(Place.WHOLE_FILE, "", why);
  }
}

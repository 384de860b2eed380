package replctl.playbooks.real.keep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that whoever reads them finds whole: the new text or the one before, and never a part. */
public final class WholeFile {
  /** Readable by all, as a collector's user needs it. */
  public static final FileAttribute<Set<PosixFilePermission>> FOR_ALL =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));

  /** Readable by its owner alone. */
  public static final FileAttribute<Set<PosixFilePermission>> FOR_ONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private WholeFile() {}

  /**
   * Writes a file that is not there yet.
   *
   * @throws java.nio.file.FileAlreadyExistsException where it is, also since a moment ago
   */
  public static void create(
      Path file, byte[] content, FileAttribute<Set<PosixFilePermission>> permissions)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path draft = draft(file, content, permissions);
    try {
      // A link replaces nothing, where a rename would.
      Files.createLink(file, draft);
      Folders.sync(folder);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Writes beside it, has that on the disk, and renames.
   *
   * @param permissions of the file, whatever the umask is
   */
  public static void write(
      Path file, String text, FileAttribute<Set<PosixFilePermission>> permissions)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path draft = draft(file, text.getBytes(StandardCharsets.UTF_8), permissions);
    try {
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      Folders.sync(folder);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** The content on the disk, beside the file. */
  private static Path draft(
      Path file, byte[] content, FileAttribute<Set<PosixFilePermission>> permissions)
      throws IOException {
    // No collector takes it for one of its files: these end in .prom.
    Path draft =
        Files.createTempFile(
            file.toAbsolutePath().getParent(), "." + file.getFileName() + ".", ".tmp");
    boolean whole = false;
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.setPosixFilePermissions(draft, permissions.value());
      whole = true;
      return draft;
    } finally {
      if (!whole) {
        Files.deleteIfExists(draft);
      }
    }
  }
}

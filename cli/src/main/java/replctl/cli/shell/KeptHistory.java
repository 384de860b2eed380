package replctl.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.jline.reader.impl.history.DefaultHistory;

/** The lines that were typed, in a file that nobody else can read; see {@link HistoryRule}. */
final class KeptHistory extends DefaultHistory {
  /** Lines that are kept, in memory and in the file. */
  static final int LINES = 5000;

  private static final String OWN_FILE = "rw-------";

  /**
   * The file, made or made private; empty where that can't be done, and then nothing is kept.
   *
   * @param folder replctl's folder of state
   */
  static Optional<Path> file(Path folder) {
    Path file = folder.resolve("shell-history");
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.createFile(
            file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWN_FILE)));
      }
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OWN_FILE));
      return Optional.of(file);
    } catch (IOException | UnsupportedOperationException unusable) {
      return Optional.empty();
    }
  }

  /** All of a text that was pasted is left out where one line of it would be. */
  @Override
  public void add(Instant time, String line) {
    if (line.lines().filter(l -> !l.isBlank()).allMatch(HistoryRule::keeps)) {
      line.lines().filter(l -> !l.isBlank()).forEach(one -> super.add(time, one));
    }
  }
}

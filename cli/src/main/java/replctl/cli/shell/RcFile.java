package replctl.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/**
 * {@code ~/.replctlrc}: lines that the shell runs when it starts.
 *
 * @param lines numbered from 1; empty where there is no file
 * @param refusal why it is not run; empty: it is
 */
record RcFile(List<String> lines, String refusal) {
  static final String NAME = ".replctlrc";

  /** A start needs no more. */
  private static final long MOST_BYTES = 64 * 1024L;

  RcFile {
    lines = List.copyOf(lines);
  }

  /**
   * The one in that folder. Refused where somebody else could have written it.
   *
   * @param user who runs the shell
   */
  static RcFile in(Path home, String user) {
    Path file = home.resolve(NAME);
    try {
      if (!Files.exists(file)) {
        return new RcFile(List.of(), "");
      }
      String owner = Files.getOwner(file).getName();
      Set<PosixFilePermission> may = Files.getPosixFilePermissions(file);
      if (!owner.equals(user) && !owner.equals("root")) {
        return refused(file + " is not run: it belongs to " + owner);
      }
      if (may.contains(PosixFilePermission.GROUP_WRITE)
          || may.contains(PosixFilePermission.OTHERS_WRITE)) {
        return refused(file + " is not run: others may write it\nNext: chmod go-w " + file);
      }
      if (Files.size(file) > MOST_BYTES) {
        return refused(file + " is not run: it is larger than 64 KiB");
      }
      return new RcFile(Files.readAllLines(file), "");
    } catch (IOException | UnsupportedOperationException unreadable) {
      return refused(file + " is not run: it can't be read");
    }
  }

  private static RcFile refused(String why) {
    return new RcFile(List.of(), why);
  }
}

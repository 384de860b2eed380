package replctl.playbooks.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders and files of the tests, which other users may read; all are gone when the tests end. */
public final class Scratch {
  private static final Path ROOT = root();

  private Scratch() {}

  private static Path root() {
    try {
      Path made = Files.createTempDirectory("replctl-real");
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made)));
      return made;
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException left) {
      System.err.println("left behind: " + folder + ": " + left.getMessage());
    }
  }

  /** A folder that only its owner may use. */
  public static Path folder(String name) throws IOException {
    return Files.createTempDirectory(ROOT, name);
  }

  /** A folder that every user may write in. */
  public static Path open(String name) throws IOException {
    Path folder = folder(name);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    return folder;
  }

  /** An empty file. */
  public static Path file(String name) throws IOException {
    return Files.createTempFile(ROOT, name, "");
  }
}

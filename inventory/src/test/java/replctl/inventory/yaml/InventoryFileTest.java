package replctl.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no inventory, or that the wrong people can write to. By mode, so for root too. */
class InventoryFileTest {
  private static final String GOOD =
      """
      version: 1
      clusters:
        a:
          engine: mysql
          replication: {mode: async}
          nodes: {n: {host: h}}
      """;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("shop.yaml"), GOOD);
    mode("rw-r--r--");
  }

  @Test
  void aGoodFileReads() {
    Reading reading = read(file);

    assertThat(reading.problems()).isEmpty();
    assertThat(reading.inventory().orElseThrow().file()).isEqualTo(file);
  }

  @Test
  void aWorldWritableFileIsRefused() throws IOException {
    mode("rw-r--rw-");

    finds(file, "error: anybody can write to it; run: chmod go-w");
  }

  @Test
  void aGroupWritableFileIsWarnedAbout() throws IOException {
    mode("rw-rw-r--");

    Reading reading = read(file);

    assertThat(reading.inventory()).isPresent();
    assertThat(reading.problems())
        .extracting(Problem::toString)
        .containsExactly(file + ": warning: its group can write to it; better: chmod g-w");
  }

  @Test
  void theRealFileIsJudgedBehindALink() throws IOException {
    mode("rw-rw-rw-");
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);

    finds(link, "error: anybody can write to it; run: chmod go-w");
  }

  @Test
  void aLinkToNothingIsNamed() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), folder.resolve("gone"));

    finds(link, "error: the link leads to no file");
  }

  @Test
  void aLinkToItselfIsNamed() throws IOException {
    Path link = folder.resolve("loop.yaml");
    Files.createSymbolicLink(link, link);

    finds(link, "error: it can't be read");
  }

  @Test
  void aMissingFileIsNamed() {
    finds(folder.resolve("gone.yaml"), "error: there is no such file");
  }

  @Test
  void aFolderIsNamed() {
    finds(folder, "error: expected a file, found a folder");
  }

  @Test
  void aPipeIsNamedAndNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe");
    Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();

    finds(pipe, "error: expected a file, found a pipe or device");
  }

  @Test
  void aDeviceIsNamed() {
    finds(Path.of("/dev/null"), "error: expected a file, found a pipe or device");
  }

  @Test
  void aHugeFileIsNotReadWhole() throws IOException {
    Files.writeString(file, GOOD + "# " + "x".repeat(InventoryFile.MOST_BYTES));

    finds(file, "error: it is larger than 1 MiB");
  }

  private void mode(String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static void finds(Path read, String problem) {
    Reading reading = read(read);
    assertThat(reading.inventory()).isEmpty();
    assertThat(reading.problems())
        .extracting(Problem::toString)
        .containsExactly(read + ": " + problem);
  }

  private static Reading read(Path file) {
    return new InventoryReader(Path.of("/home/dba")).read(file);
  }
}

package replctl.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines as they are typed and pasted, on the editor's own terminal at the end of a pipe. */
class SeatTest {
  private static final String BEGIN = "\u001b[200~";
  private static final String END = "\u001b[201~";

  @TempDir Path folder;
  private final PipedOutputStream keys = new PipedOutputStream();
  private Terminal terminal;
  private Seat seat;

  @BeforeEach
  void open() throws IOException {
    terminal =
        TerminalBuilder.builder()
            .system(false)
            .type("xterm")
            .streams(new PipedInputStream(keys, 1 << 16), new ByteArrayOutputStream())
            .encoding(StandardCharsets.UTF_8)
            .build();
    seat =
        new Seat(
            terminal,
            (reader, line, candidates) -> {},
            KeptHistory.file(folder.resolve("state/replctl")));
  }

  @AfterEach
  void close() throws IOException {
    terminal.close();
    keys.close();
  }

  /** What comes of these keys, pressed once the prompt is there. */
  private Seat.Typed typed(String text) throws Exception {
    CompletableFuture<Seat.Typed> typed = CompletableFuture.supplyAsync(() -> seat.read("> "));
    while (!seat.reading()) {
      Thread.onSpinWait();
    }
    press(text);
    return typed.get(60, TimeUnit.SECONDS);
  }

  private void press(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  @Test
  void aTypedLineIsSomebodysWord() throws Exception {
    assertThat(typed("status\r")).isEqualTo(new Seat.Typed("status", true));
  }

  @Test
  void aPasteOfSeveralLinesWaitsForEnterAndIsNobodysWord() throws Exception {
    assertThat(typed(BEGIN + "status\nfailover --yes\n" + END + "\r"))
        .isEqualTo(new Seat.Typed("status\nfailover --yes\n", false));
  }

  @Test
  void aPastedWordInATypedLineCountsToo() throws Exception {
    assertThat(typed("failover " + BEGIN + "--yes" + END + "\r"))
        .isEqualTo(new Seat.Typed("failover --yes", false));
    assertThat(typed("status\r").byHand()).isTrue();
  }

  @Test
  void aPasteThatTheTerminalDoesNotMarkIsKnownByWhatFollowsAtOnce() throws Exception {
    assertThat(typed("status\rfailover --yes\r")).isEqualTo(new Seat.Typed("status", false));
    assertThat(seat.read("> ")).isEqualTo(new Seat.Typed("failover --yes", false));
    assertThat(typed("status\r").byHand()).isTrue();
  }

  @Test
  void historyIsPrivateAndHasNoSecrets() throws Exception {
    typed("status\r");
    typed("parameter --set password=hunter2\r");
    typed(" lag\r");
    typed(BEGIN + "topology\nrotate --token hunter2\n" + END + "\r");
    typed(BEGIN + "doctor\ncandidates\n" + END + "\r");

    Path file = folder.resolve("state/replctl/shell-history");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readAllLines(file).stream().map(l -> l.replaceFirst("^[0-9]+:", "")))
        .containsExactly("status", "doctor", "candidates");
  }

  @Test
  void aHistoryThatOthersCanReadIsMadePrivateAndALinkIsNotFollowed() throws Exception {
    Path own = Files.createDirectories(folder.resolve("own"));
    Path file = Files.writeString(own.resolve("shell-history"), "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(KeptHistory.file(own)).contains(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    Path linked = Files.createDirectories(folder.resolve("linked"));
    Files.createSymbolicLink(linked.resolve("shell-history"), file);
    assertThat(KeptHistory.file(linked)).isEqualTo(Optional.empty());
  }

  @Test
  void wordsAreQuotedAsInAShell() {
    assertThat(Seat.words("maintenance on --reason 'new disks'  -q"))
        .isEqualTo(List.of("maintenance", "on", "--reason", "new disks", "-q"));
  }

  @Test
  void whatWasTypedAheadIsDroppedBeforeAQuestion() throws Exception {
    press("y\r");
    while (!Answers.ahead(terminal)) {
      Thread.onSpinWait();
    }
    Answers.drop(terminal);
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new Answers(terminal, () -> false).readLine();
              } catch (IOException gone) {
                throw new IllegalStateException(gone);
              }
            });
    press("no\r");

    assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo("no");
  }
}

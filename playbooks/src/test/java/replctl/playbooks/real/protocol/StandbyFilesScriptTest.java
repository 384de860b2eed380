package replctl.playbooks.real.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.playbooks.real.local.LocalShell;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** The files that make a stopped PostgreSQL server a follower, however somebody has left them. */
class StandbyFilesScriptTest {
  private static final String CONNINFO = "host=10.0.0.1 application_name=pg2";
  private static final String OURS =
      "primary_conninfo = '" + CONNINFO + "'\nprimary_slot_name = 'replctl_pg2'\n";

  private Trial trial;
  private Path data;
  private Path auto;
  private Path signal;

  @BeforeEach
  void aServerThatDoesNotRun() throws Exception {
    trial = Trial.local(LocalShell.self());
    data = Files.createDirectory(Trial.folder().resolve("data"));
    Files.writeString(data.resolve("PG_VERSION"), "15\n");
    auto = Files.writeString(data.resolve("postgresql.auto.conf"), "work_mem = '8MB'\n");
    signal = data.resolve("standby.signal");
  }

  @AfterEach
  void close() {
    trial.close();
  }

  private Answer point(ScriptCall.Mode mode) {
    Map<String, Value> values = new TreeMap<>();
    values.put("state_directory", Value.of(data.resolveSibling("state").toString()));
    values.put("data_directory", Value.of(data.toString()));
    values.put("conninfo", Value.of(CONNINFO));
    values.put("slot", Value.of("replctl_pg2"));
    return trial.run(
        new ScriptCall(new Script("postgresql", "point"), mode, new TreeMap<>(values)),
        Duration.ofSeconds(20));
  }

  private void pointed() throws Exception {
    Answer answer = point(ScriptCall.Mode.PERFORM);
    assertThat(answer.isDone()).as(answer.words()).isTrue();
    assertThat(signal).isRegularFile().isEmptyFile();
    assertThat(point(ScriptCall.Mode.PROBE).isDone()).isTrue();
  }

  @Test
  void itFollowsAndKeepsWhatElseIsSet() throws Exception {
    pointed();

    assertThat(auto).hasContent("work_mem = '8MB'\n" + OURS);
  }

  @Test
  void aLinkIsReplacedAndWhatItLeadsToIsLeft() throws Exception {
    Path precious = Files.writeString(data.resolve("postgresql.conf"), "port = 5432\n");
    Files.createSymbolicLink(signal, precious);

    pointed();

    assertThat(signal).isRegularFile();
    assertThat(Files.isSymbolicLink(signal)).isFalse();
    assertThat(precious).hasContent("port = 5432\n");
  }

  @Test
  void aLinkToNothingMakesNothingElsewhere() throws Exception {
    Path elsewhere = data.resolveSibling("elsewhere");
    Files.createSymbolicLink(signal, elsewhere);

    pointed();

    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void aFolderInItsPlaceIsSaidAndNothingIsChanged() throws Exception {
    Files.createDirectory(signal);

    Answer answer = point(ScriptCall.Mode.PERFORM);

    assertThat(answer.isDone()).isFalse();
    assertThat(answer.words()).isEqualTo("cannot write " + signal);
    assertThat(signal).isDirectory();
    assertThat(auto).hasContent("work_mem = '8MB'\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "primary_conninfo = 'host=evil'\\nprimary_conninfo = 'host=evil2'\\n",
        "PRIMARY_CONNINFO = 'host=evil'\\n",
        "  primary_conninfo='host=evil'\\r\\n\\tPrimary_Slot_Name 'x'\\r\\n",
        "include 'evil.conf'\\nprimary_slot_name = 'x'",
      })
  void whatWasSetBeforeDoesNotCount(String before) throws Exception {
    Files.writeString(auto, unescaped(before));

    pointed();

    assertThat(Files.readString(auto)).endsWith(OURS);
    assertThat(Files.readString(auto).toLowerCase(Locale.ROOT)).doesNotContain("host=evil", "'x'");
  }

  /** The server takes the last line of a name, in whatever case. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "primary_conninfo = 'host=evil'\\n",
        "PRIMARY_CONNINFO = 'host=evil'",
        "Primary_Slot_Name='x'\\n",
      })
  void whatIsSetBehindItCounts(String behind) throws Exception {
    pointed();
    Files.writeString(auto, Files.readString(auto) + unescaped(behind));

    Answer seen = point(ScriptCall.Mode.PROBE);
    assertThat(seen).isInstanceOf(Answer.NotDone.class);
    assertThat(seen.words()).isEqualTo("it is set to receive from elsewhere");

    pointed();
    assertThat(Files.readString(auto)).endsWith(OURS);
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
  }
}

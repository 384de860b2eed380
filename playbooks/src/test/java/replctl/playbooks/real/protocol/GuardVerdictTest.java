package replctl.playbooks.real.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import replctl.playbooks.real.SystemClock;
import replctl.playbooks.real.local.LocalShell;
import replctl.playbooks.sim.SimGuard;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** What a start guard makes of what is known: the guard as it is installed, fed with each case. */
class GuardVerdictTest {
  private static final String ME = "file read\npromise 7 op-7 closed\nrecord 7 pg1 pg1,pg2,pg3\n";
  private static final String PG2 = follower("pg2");
  private static final String PG3 = follower("pg3");
  private static final String NO_PG2 = "peer pg2 silent no answer in 2 s\n";
  private static final String NO_PG3 = "peer pg3 silent no answer in 2 s\n";

  private static final String WITNESSED =
      "file read\npromise 7 op-7 closed\nrecord 7 pg1 pg1,pg2,w1\n";

  @TempDir private static Path folder;
  private static Path guard;

  @BeforeAll
  static void place() throws Exception {
    guard = folder.resolve("guard");
    Files.writeString(guard, GuardFiles.script().text());
  }

  private static String follower(String name) {
    return peer(name, "recovery 1", "promise 7 op-7 closed", "record 7 pg1 pg1,pg2,pg3");
  }

  /** A witness tells of no server. */
  private static String witness(String... file) {
    return peer("w1", "none 0", file).replace("peer w1 server none 0\n", "");
  }

  private static String peer(String name, String server, String... file) {
    return "peer "
        + name
        + " server "
        + server
        + "\npeer "
        + name
        + " file read\n"
        + Stream.of(file)
            .map(line -> "peer " + name + " " + line + "\n")
            .collect(Collectors.joining());
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        of("all answer", ME + PG2 + PG3, "start majority 3 of 3 voters"),
        of("one is away", ME + NO_PG2 + PG3, "start majority 2 of 3 voters"),
        of(
            "both are away",
            ME + NO_PG2 + NO_PG3,
            "wait few 1 of 3 voters, and 2 are needed; without: pg2 (no answer in 2 s), pg3 (no"
                + " answer in 2 s)"),
        of(
            "two voters, one away",
            "file read\nrecord 7 pg1 pg1,pg2\n" + NO_PG2,
            "wait few 1 of 2 voters, and 2 are needed"),
        of("two voters, both there", "file read\nrecord 7 pg1 pg1,pg2\n" + PG2, "start majority"),
        of(
            "two voters and a witness, the other node away",
            WITNESSED + NO_PG2 + witness("promise 7 op-7 closed", "record 7 pg1 pg1,pg2,w1"),
            "start majority 2 of 3 voters know of no other leader than pg1"),
        of(
            "two voters and a witness, both away",
            WITNESSED + NO_PG2 + "peer w1 silent no answer in 2 s\n",
            "wait few 1 of 3 voters, and 2 are needed; without: pg2 (no answer in 2 s), w1 (no"
                + " answer in 2 s)"),
        of(
            "the witness knows a newer leader",
            WITNESSED + NO_PG2 + witness("promise 8 op-8 closed", "record 8 pg2 pg1,pg2,w1"),
            "close succeeded epoch 8 has the leader pg2, by w1's word"),
        of(
            "the witness knows of an operation that is not over",
            WITNESSED + NO_PG2 + witness("promise 8 op-8 open", "record 7 pg1 pg1,pg2,w1"),
            "wait unfinished operation op-8 is not over, by w1's word"),
        of(
            "the witness's word does not count",
            WITNESSED
                + NO_PG2
                + witness("promise 7 op-7 closed").replace("file read", "file novote"),
            "wait few 1 of 3 voters, and 2 are needed; without: pg2 (no answer in 2 s), w1 (it has"
                + " no vote)"),
        of(
            "a witness that has left",
            "file read\nrecord 8 pg1 pg1,pg2\n"
                + NO_PG2
                + witness("promise 7 op-7 closed", "record 7 pg1 pg1,pg2,w1"),
            "wait few 1 of 2 voters"),
        of(
            "a witness that is not asked here",
            WITNESSED + NO_PG2,
            "wait few 1 of 3 voters, and 2 are needed; without: pg2 (no answer in 2 s), w1 (not"
                + " known here: replctl init)"),
        of(
            "the other node's server takes writes, by its own word, and the witness does not know",
            WITNESSED
                + witness("record 7 pg1 pg1,pg2,w1")
                + peer("pg2", "writable 1", "record 7 pg1 pg1,pg2,w1"),
            "wait writable pg2 takes writes"),
        of("a follower", "follows\n" + ME + NO_PG2 + NO_PG3, "start follows"),
        of("a rewind was cut off", "rewinding\nfollows\n" + ME + PG2 + PG3, "wait rewinding"),
        of("a follower that was fenced", "follows\nfenced\n" + ME, "start follows"),
        of("fenced", "fenced\n" + ME + PG2 + PG3, "close fenced"),
        of("fenced, without an epoch", "fenced\nfile none\n", "close fenced"),
        of(
            "its own file names another",
            "file read\nrecord 8 pg2 pg1,pg2,pg3\n" + NO_PG2 + NO_PG3,
            "close succeeded epoch 8 has the leader pg2, by pg1's word"),
        of(
            "one voter knows a newer leader",
            ME + NO_PG2 + peer("pg3", "recovery 2", "record 8 pg2 pg1,pg2,pg3"),
            "close succeeded epoch 8 has the leader pg2, by pg3's word"),
        of(
            "a voter with an older record",
            ME + PG2 + peer("pg3", "recovery 1", "record 6 pg2 pg1,pg2,pg3"),
            "start majority 3 of 3"),
        of(
            "two leaders of one epoch",
            ME + PG2 + peer("pg3", "recovery 1", "record 7 pg2 pg1,pg2,pg3"),
            "wait two-leaders epoch 7 names pg1 by pg1's word and pg2 by pg3's"),
        of(
            "an operation is not over",
            ME + PG2 + peer("pg3", "recovery 1", "promise 8 op-8 open", "record 7 pg1 pg1,pg2,pg3"),
            "wait unfinished operation op-8 is not over, by pg3's word -> replctl op resume op-8"),
        of(
            "its own operation is not over",
            "file read\npromise 7 op-7 open\nrecord 7 pg1 pg1,pg2,pg3\n"
                + NO_PG2
                + peer("pg3", "recovery 1", "promise 7 op-7 open", "record 7 pg1 pg1,pg2,pg3"),
            "wait unfinished operation op-7"),
        of(
            "an operation that was overtaken",
            ME + PG2 + peer("pg3", "recovery 1", "promise 6 op-6 open", "record 5 pg1 pg1"),
            "start majority"),
        of(
            "a voter was down when the operation ended",
            ME
                + peer("pg2", "recovery 1", "promise 8 op-8 closed", "record 7 pg1 pg1,pg2,pg3")
                + peer("pg3", "recovery 1", "promise 8 op-8 open", "record 7 pg1 pg1,pg2,pg3"),
            "start majority"),
        of(
            "a voter whose word does not count",
            ME + NO_PG3 + PG2.replace("file read", "file novote"),
            "wait few 1 of 3 voters, and 2 are needed; without: pg2 (it has no vote)"),
        of(
            "its own word does not count",
            ME.replace("file read", "file novote") + PG2 + PG3,
            "start majority 2 of 3"),
        of(
            "an operation starts it",
            "permit 8 op-8\nfile read\npromise 8 op-8 open\nrecord 7 pg1 pg1,pg2,pg3\n"
                + NO_PG2
                + NO_PG3,
            "start permit operation op-8 starts it"),
        of(
            "an overtaken operation starts it",
            "permit 8 op-8\nfile read\npromise 9 op-9 open\nrecord 7 pg1 pg1,pg2,pg3\n" + PG2,
            "wait unfinished operation op-9"),
        of(
            "an operation starts one that was fenced",
            "permit 8 op-8\nfenced\nfile read\npromise 8 op-8 open\n",
            "close fenced"),
        of(
            "a permit in vain",
            "permit 8 op-8\nfile none\npeer pg2 server recovery 1\npeer pg2 file read\n",
            "wait gone"),
        of(
            "a peer takes writes",
            ME + PG3 + peer("pg2", "writable 1", "record 7 pg1 pg1,pg2,pg3"),
            "wait writable pg2 takes writes -> replctl status; replctl open pg2 --re-record"),
        of(
            "a peer takes writes that has no vote",
            ME + PG2 + PG3 + "peer pg4 server writable 2\npeer pg4 file none\n",
            "wait writable pg4 takes writes"),
        of(
            "a peer was promoted and stopped",
            "history 1\n" + ME + PG3 + peer("pg2", "none 2", "record 7 pg1 pg1,pg2,pg3"),
            "wait newer pg2 is on timeline 2, this node on 1: pg2 was promoted"),
        of(
            "a peer's data tells of a newer epoch",
            ME.replace("file", "history 7 epoch\nfile")
                + PG3
                + peer("pg2", "recovery 8", "record 7 pg1 pg1,pg2,pg3"),
            "wait newer pg2 is on epoch 8, this node on 7: pg2 was promoted"),
        of(
            "its own timeline is the newest",
            "history 2\n" + ME + PG3 + peer("pg2", "recovery 2", "record 7 pg1 pg1,pg2,pg3"),
            "start majority"),
        of(
            "a peer hangs",
            ME + PG3 + peer("pg2", "unknown 1", "record 7 pg1 pg1,pg2,pg3"),
            "wait hung pg2's server runs and does not say"),
        of(
            "its file is damaged",
            "file unreadable its sum is wrong\n" + PG2 + PG3,
            "wait unreadable its epoch file can't be believed: its sum is wrong -> replctl open pg1"),
        of("its file was lost", "file gone\n" + PG2 + PG3, "wait gone"),
        of("its file was lost, alone", "file gone\n" + NO_PG2 + NO_PG3, "wait gone"),
        of("it never had one, and others have", "file none\n" + PG2 + PG3, "wait gone"),
        of(
            "no file, and another leads",
            "file none\n" + NO_PG3 + peer("pg2", "writable 2", "record 8 pg2 pg1,pg2,pg3"),
            "close succeeded"),
        of("no epochs at all", "file none\n" + NO_PG2 + NO_PG3, "start unmanaged"),
        of(
            "no epochs at all, and peers say so",
            "file none\npeer pg2 server recovery 1\npeer pg2 file none\n",
            "start unmanaged"),
        of(
            "a voter's file is foreign",
            ME
                + NO_PG3
                + "peer pg2 server recovery 1\npeer pg2 file unreadable it is of node pg9\n",
            "wait few 1 of 3 voters, and 2 are needed; without: pg2 (it is of node pg9)"),
        of(
            "no record yet: all peers are voters",
            "file read\npromise 1 op-1 closed\n" + PG2.replace("record 7 pg1", "x") + NO_PG3,
            "start majority 2 of 3"),
        of(
            "processes work on its data",
            "running\nfenced\n" + ME + PG2 + PG3,
            "wait running processes of a server work on this data"));
  }

  private static Arguments of(String what, String known, String verdict) {
    return Arguments.of(what, known, verdict);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void decides(String what, String known, String verdict) throws Exception {
    String all = "node pg1\nhistory 1\n" + known;
    String said = run(all, "verdict");
    assertThat(said).startsWith(verdict);
    // The simulator's hosts decide by a twin of it.
    assertThat(SimGuard.verdict(all).line()).isEqualTo(said.strip());
  }

  /** A guard that was cut off while it was written must not let a server start. */
  @Test
  void neverPassesWhenItIsCutOff() throws Exception {
    String text = GuardFiles.script().text();
    for (int length = 0; length < text.length() - 200; length += 1_300) {
      Path cut = folder.resolve("cut");
      Files.writeString(cut, text.substring(0, length));
      Process process = bash("-c", ". " + cut + " start " + folder + "; exit 1");
      process.getOutputStream().close();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("cut off after %s", length).isNotZero();
    }
  }

  private static String run(String input, String... words) throws Exception {
    Process process =
        bash(Stream.concat(Stream.of(guard.toString()), Stream.of(words)).toArray(String[]::new));
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private static Process bash(String... words) throws Exception {
    return new ProcessBuilder(Stream.concat(Stream.of("bash"), Stream.of(words)).toList())
        .redirectErrorStream(true)
        .start();
  }

  @Test
  void theDropInRunsItAsTheServersUserAndOnlyOnPlainNames() {
    LocalShell shell = new LocalShell(new SystemClock(), LocalShell.self());
    try (shell) {
      Account account = new Account("pg1", shell, Optional.of("postgres"), Optional.empty());
      assertThat(dropIn(account, "/var/lib/postgresql/.replctl/shop/pg1").text())
          .contains(
              "\nTimeoutStartSec=infinity\n",
              "\nExecStartPre=+/usr/sbin/runuser -u postgres -- /usr/bin/bash -c '."
                  + " /usr/local/lib/replctl/guard start /var/lib/postgresql/.replctl/shop/pg1; exit"
                  + " 1'\n");
      for (String state :
          List.of("", "relative", "/a b", "/a%n", "/a\nUser=root", "/a;id", "/$x")) {
        assertThat(refused(account, state)).as(state).contains("can't be given the folder");
      }
      Account mysql = new Account("my1", shell, Optional.of("mysql"), Optional.empty());
      assertThat(dropIn(mysql, "mysql", "/var/lib/replctl/blog/my1").text())
          .contains(
              "\nExecStartPost=-+/usr/sbin/runuser -u mysql -- /usr/bin/setsid --fork /usr/bin/bash"
                  + " -c '. /usr/local/lib/replctl/guard start /var/lib/replctl/blog/my1'\n")
          .doesNotContain("ExecStartPre");
      assertThatThrownBy(() -> dropIn(mysql, "", "/state"))
          .hasMessageContaining("is not told of which engine");
      Account root = new Account("pg1", shell, Optional.of("root"), Optional.empty());
      assertThat(refused(root, "/state")).contains("does not run as the user root");
    }
  }

  private static GuardFiles.Placed dropIn(Account account, String state) {
    return dropIn(account, "postgresql", state);
  }

  private static GuardFiles.Placed dropIn(Account account, String engine, String state) {
    ScriptCall call =
        ScriptCall.perform(
            new Script("guard", "install"),
            Map.of("state_directory", Value.of(state), "engine", Value.of(engine)));
    return new GuardFiles(account, call, "postgresql@17-main").dropIn();
  }

  private static String refused(Account account, String state) {
    try {
      return dropIn(account, state).text();
    } catch (IllegalArgumentException no) {
      return no.getMessage();
    }
  }
}

package replctl.playbooks.real.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.playbooks.real.Scratch;
import replctl.playbooks.real.SystemClock;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.ProgramCall;
import replctl.playbooks.world.Surroundings;
import replctl.playbooks.world.Trouble;

/** Programs of the operator's own: well ones, and all the others. */
@Timeout(60)
class OwnProgramsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Clock clock = new SystemClock();
  private Path folder;

  @BeforeEach
  void anEmptyFolder() throws IOException {
    folder = Scratch.folder("programs");
  }

  private Path program(String body) throws IOException {
    Path file = folder.resolve("hook");
    Files.writeString(file, "#!/bin/bash\nhere=" + folder + "\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  private OwnPrograms programs() {
    return new OwnPrograms(Map.of("PATH", "/usr/bin:/bin", "TEAM", "dba"), clock);
  }

  private Answer run(Path program, Map<String, String> values, Duration limit) {
    return programs()
        .run(
            ProgramCall.of(List.of(program.toString(), "--channel", "$(id)"), values),
            clock.in(limit));
  }

  @Test
  void valuesComeInVariablesAndOnTheInputAndNeverAsArguments() throws IOException {
    Path hook =
        program(
            """
            cat > "$here/input"
            printf '%s\\n' "$#" "$@" "$REPLCTL_NEW_LEADER" "$REPLCTL_WHY" "$TEAM" > "$here/got"
            echo fine
            """);
    String hostile = "it's \"broken\"; $(touch " + folder + "/owned)\nexit\u001b[2J";

    Answer answer = run(hook, Map.of("newLeader", "pg2", "why", hostile), LONG);

    assertThat(answer.isDone()).isTrue();
    assertThat(answer.facts().text(Surroundings.SAID)).contains("fine");
    String oneLine = hostile.replace('\n', '?').replace('\u001b', '?');
    assertThat(Files.readAllLines(folder.resolve("got")))
        .containsExactly("2", "--channel", "$(id)", "pg2", oneLine, "dba");
    assertThat(folder.resolve("owned")).doesNotExist();
    assertThat(new ObjectMapper().readTree(Files.readString(folder.resolve("input"))))
        .isEqualTo(
            new ObjectMapper()
                .createObjectNode()
                .put("apiVersion", "replctl/v1")
                .put("kind", "Call")
                .put("newLeader", "pg2")
                .put("why", oneLine));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 77, 127})
  void anotherCodeIsNo(int code) throws IOException {
    Path hook = program("echo said; printf 'a deploy runs\\033[31m\\n' >&2; exit " + code);

    Answer answer = run(hook, Map.of(), LONG);

    assertThat(answer).isInstanceOf(Answer.NotDone.class);
    assertThat(answer.kind()).isEqualTo(Trouble.SAID_NO);
    assertThat(answer.words()).isEqualTo("exit code " + code + ": a deploy runs?[31m");
    assertThat(answer.facts().text(Surroundings.EXIT_CODE)).contains(Integer.toString(code));
  }

  @Test
  void oneThatIsLateIsEndedWithAllThatItStartedAndIsNotKnown() throws IOException {
    Path hook =
        program(
            """
            sleep 600 & echo $! > "$here/child"
            setsid sleep 600 & wait
            """);

    Answer answer = run(hook, Map.of(), Duration.ofSeconds(2));

    assertThat(answer).isInstanceOf(Answer.Unknown.class);
    assertThat(answer.kind()).isEqualTo(Trouble.OVERDUE);
    assertThat(answer.words())
        .isEqualTo("it did not end in 2 s and was ended; what it has done is not known");
    String child = Files.readString(folder.resolve("child")).strip();
    assertThat(ends(Long.parseLong(child))).isTrue();
  }

  /** A process that was killed is there until its parent has noticed. */
  private static boolean ends(long pid) {
    return ProcessHandle.of(pid)
        .map(p -> p.onExit().completeOnTimeout(p, 10, TimeUnit.SECONDS).join())
        .filter(ProcessHandle::isAlive)
        .isEmpty();
  }

  @Test
  void oneThatASignalEndsIsNotKnown() throws IOException {
    assertThat(run(program("kill -KILL $$"), Map.of(), LONG)).isInstanceOf(Answer.Unknown.class);
  }

  @Test
  void itIsNotWaitedForWhatItLeavesBehind() throws IOException {
    Answer answer = run(program("sleep 600 & exit 0"), Map.of(), LONG);

    assertThat(answer.isDone()).isTrue();
  }

  @Test
  void ofAFloodOnlyALittleIsKept() throws IOException {
    Answer answer = run(program("head -c 3000000 /dev/zero | tr '\\0' x; exit 1"), Map.of(), LONG);

    assertThat(answer.words()).hasSize("exit code 1: ".length() + 200);
  }

  @Test
  void oneThatOthersMayChangeIsNotRun() throws IOException {
    Path hook = program("touch \"$here/ran\"");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxrwxrwx"));

    Answer answer = run(hook, Map.of(), LONG);

    assertThat(answer.kind()).isEqualTo(Trouble.NOT_PERMITTED);
    assertThat(answer.words())
        .isEqualTo(hook + " is not run: " + hook + " may be changed by others");
    assertThat(programs().ready(List.of(hook.toString()))).isEqualTo(answer);
    assertThat(folder.resolve("ran")).doesNotExist();
  }

  @Test
  void oneThatIsNotThereIsNamedBeforeItIsNeeded() throws IOException {
    Path hook = program("exit 0");
    assertThat(programs().ready(List.of(hook.toString())).isDone()).isTrue();

    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(programs().ready(List.of(hook.toString())).words())
        .isEqualTo(hook + " is no program that can be run");
    assertThat(programs().ready(List.of("no-such-program-here")).words())
        .isEqualTo("there is no program no-such-program-here");
  }
}

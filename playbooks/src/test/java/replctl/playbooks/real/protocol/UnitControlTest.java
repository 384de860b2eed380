package replctl.playbooks.real.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.playbooks.real.SystemClock;
import replctl.playbooks.real.local.LocalShell;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.real.shell.Stream;
import replctl.playbooks.world.Deadline;

class UnitControlTest {
  /**
   * Runs scripts, notes what would be done as root, and does something else instead.
   *
   * @param instead of the words of a command
   */
  private record Noting(
      LocalShell local, String login, List<List<String>> noted, UnaryOperator<List<String>> instead)
      implements Shell {
    static Noting of(String login, UnaryOperator<List<String>> instead) {
      return new Noting(
          new LocalShell(new SystemClock(), LocalShell.self()),
          login,
          Collections.synchronizedList(new ArrayList<>()),
          instead);
    }

    /** Whatever it is, it fails, and says something. */
    static Noting failing(String login) {
      return of(login, words -> List.of("sh", "-c", "echo active; echo a word >&2; exit 3"));
    }

    /** Through a sudo that grants nothing of these verbs. */
    static Noting refusing(String login, Path folder, String verbs) throws IOException {
      Path sudo = folder.resolve("sudo");
      Files.writeString(
          sudo,
          "#!/bin/sh\ncase \" $* \" in *\" "
              + verbs.replace(" ", " \"*|*\" ")
              + " \"*) echo 'sudo: a password is required' >&2; exit 1 ;; esac\n");
      Files.setPosixFilePermissions(sudo, PosixFilePermissions.fromString("rwxr-xr-x"));
      return of(
          login,
          words -> {
            List<String> there =
                new ArrayList<>(List.of("env", "PATH=" + folder + ":/usr/bin:/bin"));
            there.addAll(words);
            return there;
          });
    }

    @Override
    public String user() {
      return login;
    }

    @Override
    public Running start(List<String> words, Deadline by) throws NoContact {
      if (words.get(words.size() - 1).equals("-s")) {
        return local.start(List.of("bash", "-s"), by);
      }
      noted.add(words);
      return local.start(instead.apply(words), by);
    }

    @Override
    public Stream connect(int port, Deadline by) throws NoContact {
      return local.connect(port, by);
    }

    @Override
    public void warm(Deadline by) {}

    @Override
    public void close() {
      local.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dba,  start, '', postgresql@17-main, sudo -n systemctl start postgresql@17-main",
    "root, stop, '', postgresql@17-main, systemctl stop postgresql@17-main",
    "dba,  is-active, postgresql@17-main, '', sudo -n systemctl is-active postgresql@17-main",
    "dba,  mask, a.b, a.b, sudo -n systemctl mask a.b",
    "dba,  daemon-reload, '', '', sudo -n systemctl daemon-reload",
  })
  void doesWhatIsOnTheListOnTheNodesOwnUnit(
      String login, String action, String declared, String found, String command) {
    Noting shell = Noting.failing(login);
    try (Trial trial =
        new Trial(shell, Optional.of("db"), Optional.of(declared).filter(u -> !u.isEmpty()))) {
      Map<String, String> facts =
          trial.probe("root", Map.of("action", action, "service", found)).facts().byName();
      assertThat(shell.noted()).containsExactly(List.of(command.split(" ")));
      assertThat(facts).containsEntry("code", "3");
      assertThat(facts.get("words").split(" ")).containsExactlyInAnyOrder("active", "a", "word");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "kill, '', x, replctl does not do that as root: kill",
    "start;id, '', x, replctl does not do that as root: start;id",
    "edit, '', x, replctl does not do that as root: edit",
    "start, '', '', the node's own unit is not known",
    "start, '', ../x, the node's own unit is not known",
    "start, '', '*', the node's own unit is not known",
    "start, '', -x, the node's own unit is not known",
    "start, '', x y, the node's own unit is not known",
    "start, '', x;rm, the node's own unit is not known",
    "start, '', x\\x2dy, the node's own unit is not known",
    "start, one, two, the node's own unit is not known",
  })
  void doesNothingElse(String action, String declared, String found, String words) {
    Noting shell = Noting.failing("dba");
    try (Trial trial =
        new Trial(shell, Optional.of("db"), Optional.of(declared).filter(u -> !u.isEmpty()))) {
      Map<String, String> facts =
          trial.probe("root", Map.of("action", action, "service", found)).facts().byName();
      assertThat(shell.noted()).isEmpty();
      assertThat(facts).containsEntry("code", "254").containsEntry("words", words);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dba  | reload          | 0 | granted",
        "dba  | mask            | 1 | dba ALL=(root) NOPASSWD: /usr/bin/systemctl VERB, of which these"
            + " lack: mask db@1",
        "dba  | start unmask    | 1 | dba ALL=(root) NOPASSWD: /usr/bin/systemctl VERB, of which these"
            + " lack: start db@1, unmask db@1",
        "dba  | daemon-reload   | 1 | dba ALL=(root) NOPASSWD: /usr/bin/systemctl VERB, of which these"
            + " lack: daemon-reload",
        "root | start           | 0 | granted",
      })
  void saysWhatSudoDoesNotGrant(
      String login, String verbs, String code, String words, @TempDir Path folder)
      throws IOException {
    try (Trial trial =
        new Trial(Noting.refusing(login, folder, verbs), Optional.of("db"), Optional.of("db@1"))) {
      Map<String, String> facts =
          trial.probe("root", Map.of("action", "may-control", "service", "db@1")).facts().byName();
      assertThat(facts).containsEntry("code", code).containsEntry("words", words);
    }
  }

  @Test
  void aVerbThatSudoRefusesIsSaidWithItsRule(@TempDir Path folder) throws IOException {
    try (Trial trial =
        new Trial(
            Noting.refusing("dba", folder, "start"), Optional.of("db"), Optional.of("db@1"))) {
      Map<String, String> facts =
          trial.probe("root", Map.of("action", "start", "service", "db@1")).facts().byName();
      assertThat(facts.get("words"))
          .isEqualTo(
              "sudo: a password is required; sudo must grant: dba ALL=(root) NOPASSWD:"
                  + " /usr/bin/systemctl start db@1");
    }
  }
}

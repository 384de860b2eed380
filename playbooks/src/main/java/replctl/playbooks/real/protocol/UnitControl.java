package replctl.playbooks.real.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import replctl.playbooks.real.shell.Ending;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/**
 * What a script may have done as root: a closed list of the service manager's verbs, on the node's
 * own unit and no other, the start guard's two files, whose text is replctl's own, a file of
 * options of a closed list, and the address that the script's call names. A script that was
 * tampered with gets no further than that.
 */
final class UnitControl {
  private static final Set<String> ON_THE_UNIT =
      Set.of(
          "start",
          "stop",
          "restart",
          "reload",
          "reset-failed",
          "enable",
          "disable",
          "mask",
          "unmask",
          "is-active",
          "is-enabled");

  private static final String DAEMON_RELOAD = "daemon-reload";

  /** Whether sudo grants all that scripts ask for; nothing is done. */
  private static final String MAY_CONTROL = "may-control";

  /** Of the verbs those that some script asks for. */
  private static final List<String> ASKED_FOR =
      List.of("start", "stop", "mask", "unmask", "enable", "disable");

  /** No shell reads these characters otherwise; {@code \} is left out for that reason. */
  private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9:_@][A-Za-z0-9:_.@-]{0,254}");

  /** The code for what was not run: no program of the host's uses it. */
  private static final int NOT_RUN = 254;

  /** The code for what may have been run. */
  private static final int NOT_KNOWN = 255;

  private static final int MOST_WORDS = 600;

  private final Threads threads;
  private final Clock clock;

  UnitControl(Threads threads, Clock clock) {
    this.threads = threads;
    this.clock = clock;
  }

  /** Does what the script asks for, or says why not: {@code root CODE WORDS}. */
  String reply(Account account, ScriptCall call, String action, Deadline by) {
    if (AddressMoves.ACTIONS.contains(action)) {
      return address(account, call, action, by);
    }
    if (OptionsFile.ACTIONS.contains(action)) {
      return options(account, new OptionsFile(account, call), action, by);
    }
    Optional<String> unit = unit(account, call);
    if (GuardFiles.ACTIONS.contains(action)) {
      return unit.map(u -> guard(account, call, action, u, by))
          .orElseGet(() -> line(NOT_RUN, "the node's own unit is not known"));
    }
    if (action.equals(MAY_CONTROL)) {
      return unit.map(u -> mayControl(account, u, by))
          .orElseGet(() -> line(NOT_RUN, "the node's own unit is not known"));
    }
    boolean reload = action.equals(DAEMON_RELOAD);
    if (!reload && !ON_THE_UNIT.contains(action)) {
      return line(NOT_RUN, "replctl does not do that as root: " + action);
    }
    if (!reload && unit.isEmpty()) {
      return line(NOT_RUN, "the node's own unit is not known");
    }
    try {
      List<String> words = asRoot(account, List.of("systemctl", action));
      if (!reload) {
        words.add(unit.get());
      }
      String said = run(account, words, "", by);
      return said.startsWith("root 0 ") || !saidBySudo(said)
          ? said
          : said + "; sudo must grant: " + rule(account, words.subList(2, words.size()));
    } catch (NoContact refused) {
      return line(NOT_RUN, refused.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return line(NOT_KNOWN, "systemctl was not waited for");
    }
  }

  private static boolean saidBySudo(String said) {
    return said.startsWith("root 1 sudo: ");
  }

  /** The commands that some script asks for. */
  static List<List<String>> askedFor(String unit) {
    List<List<String>> commands = new ArrayList<>();
    commands.add(List.of("systemctl", DAEMON_RELOAD));
    ASKED_FOR.forEach(verb -> commands.add(List.of("systemctl", verb, unit)));
    return commands;
  }

  private String mayControl(Account account, String unit, Deadline by) {
    try {
      List<String> lacks = new ArrayList<>();
      for (List<String> command : askedFor(unit)) {
        if (lacks(account, command, by).isPresent()) {
          lacks.add(String.join(" ", command.subList(1, command.size())));
        }
      }
      return lacks.isEmpty()
          ? line(0, "granted")
          : line(
              1,
              account.shell().user()
                  + " ALL=(root) NOPASSWD: /usr/bin/systemctl VERB, of which these lack: "
                  + String.join(", ", lacks));
    } catch (NoContact refused) {
      return line(NOT_RUN, refused.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return line(NOT_KNOWN, "the command was not waited for");
    }
  }

  private String address(Account account, ScriptCall call, String action, Deadline by) {
    try {
      AddressMoves moves = AddressMoves.of(call);
      if (action.equals(AddressMoves.MAY)) {
        List<String> lacks = new ArrayList<>();
        for (List<String> command : moves.all()) {
          lacks(account, command, by).ifPresent(lacks::add);
        }
        return lacks.isEmpty()
            ? line(0, "granted")
            : line(1, "sudo must grant: " + String.join("; ", lacks));
      }
      List<String> command = moves.command(action);
      String said = run(account, asRoot(account, command), "", by);
      return said.startsWith("root 0 ") || account.shell().user().equals("root")
          ? said
          : said + "; sudo must grant: " + rule(account, command);
    } catch (IllegalArgumentException cantBe) {
      return line(NOT_RUN, cantBe.getMessage());
    } catch (NoContact refused) {
      return line(NOT_RUN, refused.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return line(NOT_KNOWN, "the command was not waited for");
    }
  }

  /** The rule that sudo lacks; empty: it grants the command, or nobody need ask it. */
  private Optional<String> lacks(Account account, List<String> command, Deadline by)
      throws NoContact, InterruptedException {
    List<String> words = asRoot(account, command);
    if (!words.get(0).equals("sudo")) {
      return Optional.empty();
    }
    words.add(2, "-l");
    return run(account, words, "", by).startsWith("root 0 ")
        ? Optional.empty()
        : Optional.of(rule(account, command));
  }

  /** What to type into sudo's rules. */
  private static String rule(Account account, List<String> command) throws NoContact {
    return SudoRules.root(account.shell().user(), command);
  }

  private String guard(Account account, ScriptCall call, String action, String unit, Deadline by) {
    try {
      GuardFiles files = new GuardFiles(account, call, unit);
      if (action.equals(GuardFiles.MAY_INSTALL)) {
        return mayInstall(account, files, by);
      }
      GuardFiles.Placed file =
          switch (action) {
            case GuardFiles.INSTALL -> GuardFiles.script();
            case GuardFiles.CLEAR_UNIT -> files.cleared();
            default -> files.dropIn();
          };
      String said = run(account, asRoot(account, file.command()), file.text(), by);
      return said.startsWith("root 0 ")
          ? said
          : said + "; sudo must grant: " + files.rule(file) + ", or root place it by hand";
    } catch (IllegalArgumentException cantBe) {
      return line(NOT_RUN, cantBe.getMessage());
    } catch (NoContact refused) {
      return line(NOT_RUN, refused.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return line(NOT_KNOWN, "the command was not waited for");
    }
  }

  private String options(Account account, OptionsFile file, String action, Deadline by) {
    try {
      if (action.equals(OptionsFile.MAY_INSTALL)) {
        return lacks(account, file.command(), by)
            .map(rule -> line(1, rule))
            .orElseGet(() -> line(0, "granted"));
      }
      String said = run(account, asRoot(account, file.command()), file.text(), by);
      return said.startsWith("root 0 ") ? said : said + "; sudo must grant: " + file.rule();
    } catch (IllegalArgumentException cantBe) {
      return line(NOT_RUN, cantBe.getMessage());
    } catch (NoContact refused) {
      return line(NOT_RUN, refused.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return line(NOT_KNOWN, "the command was not waited for");
    }
  }

  /** Whether sudo grants both commands: the words name the rules that lack. */
  private String mayInstall(Account account, GuardFiles files, Deadline by)
      throws NoContact, InterruptedException {
    List<String> lacks = new ArrayList<>();
    for (GuardFiles.Placed file : List.of(GuardFiles.script(), files.dropIn())) {
      List<String> words = asRoot(account, file.command());
      if (words.get(0).equals("sudo")) {
        words.add(2, "-l");
        if (!run(account, words, "", by).startsWith("root 0 ")) {
          lacks.add(files.rule(file));
        }
      }
    }
    return lacks.isEmpty() ? line(0, "granted") : line(1, String.join("; ", lacks));
  }

  private static List<String> asRoot(Account account, List<String> command) throws NoContact {
    List<String> words = new ArrayList<>();
    if (!account.shell().user().equals("root")) {
      words.addAll(List.of("sudo", "-n"));
    }
    words.addAll(command);
    return words;
  }

  /** The declared unit, or else the one that was found; empty where they differ. */
  private static Optional<String> unit(Account account, ScriptCall call) {
    Optional<String> found =
        call.values().get("service") instanceof Value.Text text && !text.text().isEmpty()
            ? Optional.of(text.text())
            : Optional.empty();
    Optional<String> unit = account.unit().or(() -> found);
    return unit.filter(u -> UNIT.matcher(u).matches() && found.orElse(u).equals(u));
  }

  private String run(Account account, List<String> words, String input, Deadline by)
      throws NoContact, InterruptedException {
    try (Running running = account.shell().start(words, by)) {
      give(running, input);
      Tail printed = new Tail();
      CountDownLatch read = new CountDownLatch(2);
      threads.execute(() -> drain(running.output(), printed, read));
      threads.execute(() -> drain(running.errors(), printed, read));
      Ending ending = running.end(by);
      if (ending instanceof Ending.Exited exited) {
        read.await(Math.min(300, clock.left(by).toMillis()), TimeUnit.MILLISECONDS);
        return line(exited.status() & 0xff, printed.words());
      }
      return line(
          NOT_KNOWN,
          "no answer from the command in time, or the connection ended; whether it was done is not"
              + " known");
    }
  }

  /** What it reads, and the end of it: far less than a pipe or a channel holds. */
  private static void give(Running running, String input) {
    try (OutputStream into = running.input()) {
      into.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException closed) {
      // Then it did not want it: its exit code says so, and the file is looked at.
    }
  }

  private static void drain(InputStream stream, Tail into, CountDownLatch read) {
    byte[] buffer = new byte[1024];
    try {
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        into.add(buffer, 0, count);
      }
    } catch (IOException cut) {
      // The ending says so.
    } finally {
      read.countDown();
    }
  }

  private static String line(int code, String words) {
    String line = Tail.oneLine(words);
    return "root "
        + code
        + " "
        + (line.length() > MOST_WORDS ? line.substring(0, MOST_WORDS) : line);
  }
}

package replctl.playbooks.real.protocol;

import java.io.IOException;
import java.io.InputStream;
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
 * own unit and no other. A script that was tampered with gets no further than that.
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

  /** No shell reads these characters otherwise; {@code \} is left out for that reason. */
  private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9:_@][A-Za-z0-9:_.@-]{0,254}");

  /** The code for what was not run: no program of the host's uses it. */
  private static final int NOT_RUN = 254;

  /** The code for what may have been run. */
  private static final int NOT_KNOWN = 255;

  private static final int MOST_WORDS = 300;

  private final Threads threads;
  private final Clock clock;

  UnitControl(Threads threads, Clock clock) {
    this.threads = threads;
    this.clock = clock;
  }

  /** Does what the script asks for, or says why not: {@code root CODE WORDS}. */
  String reply(Account account, ScriptCall call, String action, Deadline by) {
    Optional<String> unit = unit(account, call);
    boolean reload = action.equals(DAEMON_RELOAD);
    if (!reload && !ON_THE_UNIT.contains(action)) {
      return line(NOT_RUN, "replctl does not do that as root: " + action);
    }
    if (!reload && unit.isEmpty()) {
      return line(NOT_RUN, "the node's own unit is not known");
    }
    try {
      List<String> words = new ArrayList<>();
      if (!account.shell().user().equals("root")) {
        words.addAll(List.of("sudo", "-n"));
      }
      words.addAll(List.of("systemctl", action));
      if (!reload) {
        words.add(unit.get());
      }
      return run(account, words, by);
    } catch (NoContact refused) {
      return line(NOT_RUN, refused.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return line(NOT_KNOWN, "systemctl was not waited for");
    }
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

  private String run(Account account, List<String> words, Deadline by)
      throws NoContact, InterruptedException {
    try (Running running = account.shell().start(words, by)) {
      closeInput(running);
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
          "no answer from systemctl in time, or the connection ended; whether it was done is not"
              + " known");
    }
  }

  private static void closeInput(Running running) {
    try {
      running.input().close();
    } catch (IOException closed) {
      // Then it has nothing to read all the same.
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

package replctl.playbooks.real.agent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import replctl.playbooks.real.shell.OwnSession;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;

/**
 * Runs a program of the operator's host, for a limited time: in a session of its own, what it is
 * told on standard input, and what it prints bounded. At its end, whichever that is, all that it
 * has started is ended with it; one that holds its pipes open is not waited for.
 */
final class AgentProcess {
  /** Metadata of the longest agent has 60 kB. */
  static final int MOST_PRINTED = 512 << 10;

  private static final int MOST_COMPLAINED = 4096;

  /** A pipe takes this much without a reader. */
  private static final int MOST_TOLD = 32 << 10;

  /** How often the pipes are emptied; the program's end is noticed at once. */
  private static final long PAUSE_MILLIS = 5;

  /** More than a full pipe. */
  private static final int MOST_ROUNDS = 64;

  private static final Duration KILLING = Duration.ofSeconds(2);

  private final Map<String, String> environment;
  private final Clock clock;

  /**
   * How it ended.
   *
   * @param ended false: it was still running at the deadline, and was ended
   * @param code its exit code; over 128 where a signal ended it
   * @param printed its standard output
   * @param complained its standard error; whole lines of it where there was more than is kept
   */
  record End(boolean ended, int code, String printed, String complained) {}

  AgentProcess(Map<String, String> environment, Clock clock) {
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  /**
   * Runs it to its end or to the deadline.
   *
   * @param told what it reads; empty: nothing
   */
  End run(Path program, List<String> arguments, String told, Deadline by) throws UnusableDevice {
    return run(program, arguments, Map.of(), told, by);
  }

  /**
   * The same with more variables in its environment.
   *
   * @param variables take the place of those of that name
   */
  End run(
      Path program, List<String> arguments, Map<String, String> variables, String told, Deadline by)
      throws UnusableDevice {
    byte[] input = told.getBytes(StandardCharsets.UTF_8);
    if (input.length > MOST_TOLD) {
      throw new UnusableDevice(program.getFileName() + " would be told more than 32 KiB");
    }
    List<String> words = new ArrayList<>(List.of(program.toString()));
    words.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(words).directory(Path.of("/").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(variables);
    try {
      Process process = OwnSession.start(builder);
      try {
        tell(process, input);
        return follow(process, by);
      } finally {
        end(process);
      }
    } catch (IOException unable) {
      throw new UnusableDevice(program + " can't be started: " + unable.getMessage(), unable);
    }
  }

  /** One that does not read may have ended already. */
  private static void tell(Process process, byte[] input) {
    try (OutputStream to = process.getOutputStream()) {
      to.write(input);
    } catch (IOException closed) {
      // Its exit code says what came of it.
    }
  }

  private End follow(Process process, Deadline by) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    boolean ended = false;
    boolean late = false;
    while (!ended && !late) {
      late = clock.left(by).isZero();
      try {
        ended = process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        late = true;
      }
      take(process.getInputStream(), printed, MOST_PRINTED);
      take(process.getErrorStream(), complained, MOST_COMPLAINED);
    }
    return new End(
        ended,
        ended ? process.exitValue() : -1,
        printed.toString(StandardCharsets.UTF_8),
        wholeLines(complained));
  }

  /** A line that the limit has cut off may end in half of a secret, which nobody would know. */
  private static String wholeLines(ByteArrayOutputStream complained) {
    String all = complained.toString(StandardCharsets.UTF_8);
    return complained.size() < MOST_COMPLAINED ? all : all.substring(0, all.lastIndexOf('\n') + 1);
  }

  /** Empties the pipe without waiting for more; keeps the first bytes of it. */
  private static void take(InputStream in, ByteArrayOutputStream kept, int most)
      throws IOException {
    byte[] buffer = new byte[8192];
    for (int round = 0; round < MOST_ROUNDS && in.available() > 0; round++) {
      int count = in.read(buffer, 0, Math.min(in.available(), buffer.length));
      kept.write(buffer, 0, Math.max(0, Math.min(count, most - kept.size())));
    }
  }

  /** OwnSession made it the leader of a group of its own: what left its parent is still in it. */
  private static void end(Process process) throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    Process killer =
        new ProcessBuilder("/bin/kill", "-KILL", "--", "-" + process.pid())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!killer.waitFor(KILLING.toMillis(), TimeUnit.MILLISECONDS)) {
        killer.destroyForcibly();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    process.getInputStream().close();
    process.getErrorStream().close();
  }
}

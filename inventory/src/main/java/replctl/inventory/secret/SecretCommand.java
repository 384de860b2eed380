package replctl.inventory.secret;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import replctl.inventory.secret.SecretReading.Failed;
import replctl.inventory.secret.SecretReading.Reason;

/**
 * Runs a program that prints a secret: without a shell, without input, for a limited time. One
 * thread asks both of its pipes in turn, so that a child which holds one open for ever leaves
 * nothing behind here.
 */
final class SecretCommand {
  /** How often the pipes are emptied; the program's end is noticed at once. */
  private static final long PAUSE_MILLIS = 5;

  /** More than a full pipe. */
  private static final int MOST_ROUNDS = 64;

  /** Bytes of its complaint that are kept; the rest is read and dropped. */
  private static final int MOST_SHOWN = 200;

  private final Map<String, String> environment;
  private final Path folder;
  private final Duration limit;

  /** What a program printed, or why it is of no use. */
  record Output(ByteBuffer bytes, Optional<Failed> failure) {
    private static Output failed(Reason reason, String words) {
      return new Output(ByteBuffer.allocate(0), Optional.of(new Failed(reason, words)));
    }
  }

  SecretCommand(Map<String, String> environment, Path folder, Duration limit) {
    this.environment = environment;
    this.folder = folder;
    this.limit = limit;
  }

  Output run(List<String> command) {
    String name = command.get(0);
    Optional<Path> program = program(name);
    if (program.isEmpty()) {
      return Output.failed(Reason.MISSING, "command " + name + ": there is no such program");
    }
    List<String> words = new ArrayList<>(command);
    words.set(0, program.get().toString());
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      try {
        return follow(process, name);
      } finally {
        end(process);
      }
    } catch (IOException unable) {
      return Output.failed(Reason.COMMAND_FAILED, "command " + name + ": it can't be started");
    }
  }

  /** Only absolute folders of PATH are searched: a relative one is wherever somebody stands. */
  private Optional<Path> program(String name) {
    if (name.indexOf('/') >= 0) {
      return Optional.of(folder.resolve(name)).filter(Files::isExecutable);
    }
    for (String part : environment.getOrDefault("PATH", "").split(":")) {
      if (part.startsWith("/")) {
        Path candidate = Path.of(part, name);
        if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
          return Optional.of(candidate);
        }
      }
    }
    return Optional.empty();
  }

  private Output follow(Process process, String name) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream complaint = new ByteArrayOutputStream();
    boolean ended = false;
    while (true) {
      take(process.getInputStream(), printed, Secrets.MOST_BYTES + 1);
      take(process.getErrorStream(), complaint, MOST_SHOWN);
      if (printed.size() > Secrets.MOST_BYTES) {
        return Output.failed(Reason.MALFORMED, "command " + name + ": it prints over 64 KiB");
      }
      if (ended) {
        break;
      }
      if (System.nanoTime() >= deadline) {
        return Output.failed(
            Reason.TIMED_OUT,
            "command " + name + ": it did not end within " + seconds() + ", and was ended");
      }
      try {
        // The pipes hold what was printed before the end: they are emptied once more.
        ended = process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return Output.failed(Reason.COMMAND_FAILED, "command " + name + ": interrupted");
      }
    }
    return process.exitValue() == 0
        ? new Output(ByteBuffer.wrap(printed.toByteArray()), Optional.empty())
        : Output.failed(
            Reason.COMMAND_FAILED,
            "command " + name + ": exit code " + process.exitValue() + shown(complaint));
  }

  /**
   * Empties the pipe without waiting for more, and keeps at most so many bytes in all. It returns
   * also from a pipe that is filled without end, so that the deadline is seen.
   */
  private static void take(InputStream in, ByteArrayOutputStream kept, int most)
      throws IOException {
    byte[] buffer = new byte[8192];
    for (int round = 0; round < MOST_ROUNDS && in.available() > 0; round++) {
      int count = in.read(buffer, 0, Math.min(in.available(), buffer.length));
      kept.write(buffer, 0, Math.max(0, Math.min(count, most - kept.size())));
    }
  }

  private static String shown(ByteArrayOutputStream complaint) {
    String text = complaint.toString(StandardCharsets.UTF_8).stripLeading();
    int end = text.indexOf('\n');
    StringBuilder line = new StringBuilder();
    (end < 0 ? text : text.substring(0, end))
        .chars()
        .map(c -> c < ' ' || (c >= 0x7f && c <= 0x9f) ? '?' : c)
        .forEach(c -> line.append((char) c));
    return line.isEmpty() ? "" : ": " + line.toString().strip();
  }

  private String seconds() {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }

  private static void end(Process process) throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.getInputStream().close();
    process.getErrorStream().close();
  }
}

package replctl.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The installed launcher, run as a user runs it: a process of its own, without a terminal. An
 * instance is immutable; {@code with...} give another.
 *
 * @param launcher the program
 * @param prefix what comes before it, such as a command that enters another network namespace
 * @param environment added to a small fixed one (PATH, HOME, LANG); an empty value takes a name
 *     away
 * @param folder where it is run
 * @param options added to what a run is given, unless that has one of them
 * @param limit after which it is killed and the test fails
 */
public record Replctl(
    Path launcher,
    List<String> prefix,
    Map<String, String> environment,
    Path folder,
    List<String> options,
    Duration limit) {

  public Replctl {
    options = List.copyOf(options);
    prefix = List.copyOf(prefix);
    environment = Map.copyOf(environment);
  }

  /**
   * What a run gave.
   *
   * @param code the exit code
   */
  public record Result(List<String> command, int code, String out, String err) {
    /** The same, after it is certain that it ended with this code. */
    public Result exits(int expected) {
      if (code != expected) {
        throw new AssertionError("expected exit " + expected + ", found " + this);
      }
      return this;
    }

    @Override
    public String toString() {
      return "exit " + code + " of " + command + "\n--- out\n" + out + "--- err\n" + err;
    }
  }

  /** The tree that the build has just made. */
  public static Replctl installed(Path home) {
    return new Replctl(
        tree().resolve("bin/replctl"),
        List.of(),
        Map.of("HOME", home.toString()),
        home,
        List.of(),
        Duration.ofMinutes(5));
  }

  /** Where the build put bin/ and lib/. */
  public static Path tree() {
    return Path.of(System.getProperty("replctl.tree"));
  }

  /** The root of the sources. */
  public static Path root() {
    return Path.of(System.getProperty("replctl.root")).normalize();
  }

  public Replctl with(String variable, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(variable, value);
    return new Replctl(launcher, prefix, more, folder, options, limit);
  }

  public Replctl withLauncher(Path other) {
    return new Replctl(other, prefix, environment, folder, options, limit);
  }

  public Replctl withPrefix(List<String> words) {
    return new Replctl(launcher, words, environment, folder, options, limit);
  }

  public Replctl withOptions(List<String> words) {
    return new Replctl(launcher, prefix, environment, folder, words, limit);
  }

  /** Whatever signals this test's own process ignores: none is ignored there. */
  public Replctl withSignals() {
    List<String> words = new ArrayList<>(List.of("env", "--default-signal"));
    words.addAll(prefix);
    return withPrefix(words);
  }

  public Replctl withInventory(Path file) {
    return with("REPLCTL_INVENTORY", file.toString());
  }

  public Replctl within(Duration time) {
    return new Replctl(launcher, prefix, environment, folder, options, time);
  }

  /** Runs it to its end. */
  public Result run(String... args) {
    try (Running running = start(args)) {
      return running.result();
    }
  }

  /** Starts it; for tests that stop it in the middle. */
  public Running start(String... args) {
    List<String> command = new ArrayList<>(prefix);
    command.add(launcher.toString());
    command.addAll(List.of(args));
    if (options.stream().noneMatch(command::contains)) {
      command.addAll(options);
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> all = builder.environment();
    all.clear();
    all.put("PATH", System.getenv("PATH"));
    all.put("LANG", "C.UTF-8");
    all.putAll(environment);
    all.values().removeIf(String::isEmpty);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new Running(command, process, limit);
    } catch (IOException notStarted) {
      throw new AssertionError("can't start " + command, notStarted);
    }
  }

  /** A run that has not ended yet. */
  public static final class Running implements AutoCloseable {
    private final List<String> command;
    private final Process process;
    private final Duration limit;
    private final long began = System.nanoTime();
    private final CompletableFuture<String> out;
    private final CompletableFuture<String> err;

    Running(List<String> command, Process process, Duration limit) {
      this.command = command;
      this.process = process;
      this.limit = limit;
      this.out = CompletableFuture.supplyAsync(() -> all(process.getInputStream()));
      this.err = CompletableFuture.supplyAsync(() -> all(process.getErrorStream()));
    }

    /** The process: to kill or to freeze it. */
    public Process process() {
      return process;
    }

    /** Waits for its end. */
    public Result result() {
      try {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(
              command + " still ran after " + limit + "\n" + out.join() + err.join());
        }
        Result result = new Result(command, process.exitValue(), out.join(), err.join());
        System.out.printf(
            "%s: exit %d after %.1f s%n",
            typed(), result.code(), (System.nanoTime() - began) / 1e9);
        return result;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError(interrupted);
      }
    }

    private String typed() {
      int launcher = 0;
      while (launcher < command.size() - 1 && !command.get(launcher).endsWith("/replctl")) {
        launcher++;
      }
      return "replctl " + String.join(" ", command.subList(launcher + 1, command.size()));
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }

    private static String all(InputStream from) {
      try {
        return new String(from.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException cut) {
        return "(cut: " + cut.getMessage() + ")\n";
      }
    }
  }

  /** Writes an inventory that only its owner may change. */
  public static Path inventory(Path folder, String text) {
    try {
      return Files.writeString(folder.resolve("replctl.yaml"), text);
    } catch (IOException unwritable) {
      throw new AssertionError(unwritable);
    }
  }
}

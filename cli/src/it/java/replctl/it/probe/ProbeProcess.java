package replctl.it.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import replctl.it.Replctl;

/** The write probe as a process of its own, started wherever a client would sit. */
public final class ProbeProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private ProbeProcess(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts it and waits for the first rows.
   *
   * @param login variables with which it logs in, as {@link WriteProbe} says
   */
  public static ProbeProcess start(
      List<String> prefix, Path log, Map<String, String> nodes, Map<String, String> login) {
    List<String> command = new ArrayList<>(prefix);
    Path jar = Replctl.tree().resolve("lib/replctl.jar");
    Path classes = Replctl.tree().resolveSibling("test-classes");
    command.addAll(
        List.of(
            "java",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            jar + ":" + classes,
            WriteProbe.class.getName(),
            log.toString()));
    nodes.forEach((name, address) -> command.add(name + "=" + address));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(login);
    try {
      ProbeProcess probe = new ProbeProcess(builder.start());
      probe.expectWriting();
      return probe;
    } catch (IOException notStarted) {
      throw new UncheckedIOException(notStarted);
    }
  }

  /** Waits until writes are acknowledged from now on; fails after a minute. */
  public void awaitMore() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      expectWriting();
    } catch (IOException ended) {
      throw new UncheckedIOException(ended);
    }
  }

  private void expectWriting() throws IOException {
    String line = out.readLine();
    if (!"writing".equals(line)) {
      throw new AssertionError("the probe says: " + line + "\n" + rest());
    }
  }

  private String rest() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  /** Stops it; no row is lost and no two nodes led at once, or it fails. */
  public Map<String, String> keptAll() {
    try {
      process.getOutputStream().close();
      String text = rest();
      if (process.waitFor() != 0) {
        throw new AssertionError("the probe: " + text);
      }
      Map<String, String> verdict = new TreeMap<>();
      text.lines().forEach(l -> verdict.put(l.split(" ")[0], l.split(" ")[1]));
      return verdict;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /**
   * The same, and says how many rows it were.
   *
   * @param what was tried
   */
  public void keptAll(String what) {
    Map<String, String> verdict = keptAll();
    assertThat(verdict).as(what).containsEntry("lost", "0").containsEntry("two_leaders_ms", "0.0");
    System.out.printf(
        "%s: %s rows acknowledged, 0 lost, longest gap %s ms from %s to %s%n",
        what,
        verdict.get("acknowledged"),
        verdict.get("gap_ms"),
        verdict.get("gap_from"),
        verdict.get("gap_to"));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

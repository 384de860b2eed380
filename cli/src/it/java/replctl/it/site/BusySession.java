package replctl.it.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Statements on a server that go on beside the test, until they end or their server does. */
public final class BusySession implements AutoCloseable {
  private final Process process;

  private BusySession(Process process) {
    this.process = process;
  }

  static BusySession start(List<String> psql) {
    try {
      Process process =
          new ProcessBuilder(psql)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      return new BusySession(process);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Whether they go on. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for their end; what was printed, errors too. */
  public String output() {
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return out.strip();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** Ends the client; a server notices that at its next word to it. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}

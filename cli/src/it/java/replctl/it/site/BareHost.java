package replctl.it.site;

import java.nio.file.Path;
import java.util.List;

/**
 * A host of the lab with nothing on it but systemd, sshd and Debian's base: no Java, no network.
 */
public final class BareHost implements AutoCloseable {
  private static final String NAME = "plain1";

  private final Lab lab;

  private BareHost(Lab lab) {
    this.lab = lab;
  }

  /** Boots one of a lab of its own. */
  public static BareHost boot() {
    Lab lab = Lab.ofFork("-bare");
    Shell.run(lab.verb("up", "1", "--root", "plain"));
    return new BareHost(lab);
  }

  /** Runs a script as root; what it printed, its exit code being 0. */
  public String shell(String script) {
    return Shell.run(lab.verb("run", NAME, "--", "bash", "-c", script));
  }

  /** Puts a file of this machine into {@code /tmp} there. */
  public void put(Path file) {
    String command = String.join(" ", lab.verb("run", NAME, "--", "dd", "bs=1M", "status=none"));
    Shell.run(
        List.of("bash", "-c", command + " of=/tmp/\"$1\" < \"$0\"", file.toString(), name(file)));
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  @Override
  public void close() {
    Shell.run(lab.verb("down"));
  }
}

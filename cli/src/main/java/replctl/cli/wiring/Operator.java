package replctl.cli.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who works on a cluster, for others who find it held. */
public final class Operator {
  private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

  private Operator() {}

  /** {@code ann@ops1, process 4711}. */
  public static String words() {
    return System.getProperty("user.name")
        + "@"
        + host()
        + ", process "
        + ProcessHandle.current().pid();
  }

  /** Whether {@link #words} of a process on this host begin like that. */
  public static boolean isHere(String words) {
    int at = words.indexOf('@');
    return at >= 0 && words.startsWith(host() + ", process ", at + 1);
  }

  /** Read, not looked up: a name service may be what is down. */
  private static String host() {
    try {
      return Files.readString(HOST).strip();
    } catch (IOException unreadable) {
      return "this host";
    }
  }
}

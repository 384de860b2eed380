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
    return seat() + ", process " + ProcessHandle.current().pid();
  }

  /** {@code ann@ops1}: for what lasts longer than a process. */
  public static String name() {
    return seat();
  }

  /**
   * Whether those are the {@link #words} of a process of this user on this host that is gone, or of
   * this one: it does one thing at a time, so what it did before is over.
   */
  public static boolean isGone(String words) {
    if (words.equals(words())) {
      return true;
    }
    String[] parts = words.split(", process ", 2);
    return parts.length == 2
        && parts[0].equals(seat())
        && parts[1].matches("[0-9]{1,10}")
        && ProcessHandle.of(Long.parseLong(parts[1])).filter(ProcessHandle::isAlive).isEmpty();
  }

  private static String seat() {
    return System.getProperty("user.name") + "@" + host();
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

package replctl.playbooks.engine;

import java.util.Locale;

/** Names and addresses that each machine has for itself. */
public final class Loopback {
  private Loopback() {}

  /** Whether that host is the very machine that looks it up. */
  public static boolean is(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.equals("localhost")
        || lower.endsWith(".localhost")
        || lower.startsWith("127.")
        || lower.equals("::1");
  }
}

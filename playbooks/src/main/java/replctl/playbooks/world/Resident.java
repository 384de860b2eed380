package replctl.playbooks.world;

import java.util.Map;

/**
 * A script that stays on a host, holds the host's lock, and takes commands one at a time. It ends
 * by itself when it has heard nothing for the lease that its call names: so a paused operator can't
 * act late.
 */
public interface Resident extends AutoCloseable {
  /** Whether it has the lock and everything it needs; asked once, before the first command. */
  Answer ready(Deadline by);

  /** Gives a command and waits for its answer. */
  Answer ask(String command, Map<String, String> values, Deadline by);

  /** Ends it and frees the lock. */
  @Override
  void close();
}

package replctl.playbooks.real.shell;

import java.io.InputStream;
import java.io.OutputStream;
import replctl.playbooks.world.Deadline;

/** A command that was started. Reading blocks; {@link #close} ends every read. */
public interface Running extends AutoCloseable {
  /** What the command reads. */
  OutputStream input();

  /** What it prints. */
  InputStream output();

  /** What it complains of. */
  InputStream errors();

  /** Waits for its end, at most until the deadline. */
  Ending end(Deadline by);

  /** Ends it as hard as this way allows; nothing is known of what it had done. */
  void kill();

  /** Lets go of it; never waits for the host. */
  @Override
  void close();
}

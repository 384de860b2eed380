package replctl.playbooks.real.shell;

import java.io.InputStream;
import java.io.OutputStream;

/** Bytes both ways. Reading blocks; {@link #close} ends it. */
public interface Stream extends AutoCloseable {
  /** From the other side. */
  InputStream in();

  /** To the other side. */
  OutputStream out();

  /** Ends it; never waits for the other side. */
  @Override
  void close();
}

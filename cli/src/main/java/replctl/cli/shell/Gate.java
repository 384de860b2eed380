package replctl.cli.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** Where a verb prints, until the shell takes the terminal back. */
final class Gate extends Writer {
  private final PrintWriter to;
  private boolean shut;

  Gate(PrintWriter to) {
    this.to = to;
  }

  /** From now on nothing gets through, and whoever prints learns that nobody reads. */
  void shut() {
    synchronized (lock) {
      shut = true;
    }
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    synchronized (lock) {
      open();
      to.write(text, from, length);
    }
  }

  @Override
  public void flush() throws IOException {
    synchronized (lock) {
      open();
      to.flush();
      if (to.checkError()) {
        throw new IOException("the terminal is gone");
      }
    }
  }

  @Override
  public void close() {
    // The terminal is the shell's.
  }

  private void open() throws IOException {
    if (shut) {
      throw new IOException("the verb was ended");
    }
  }
}

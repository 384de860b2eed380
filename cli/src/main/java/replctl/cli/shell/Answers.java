package replctl.cli.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Reader;
import java.util.function.BooleanSupplier;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;

/** Answers to a verb's questions, from the terminal; Ctrl-C ends the waiting for one. */
final class Answers extends BufferedReader {
  /** How often it is looked whether it was interrupted, in ms. */
  private static final long LOOK_MS = 100;

  /**
   * As long as the next key of a text that is there already may take, in ms: another thread fetches
   * it, and on a host that does much besides that takes its time. Nobody notices it at a prompt.
   */
  private static final long AHEAD_MS = 50;

  private final Terminal terminal;
  private final BooleanSupplier interrupted;

  Answers(Terminal terminal, BooleanSupplier interrupted) {
    super(Reader.nullReader());
    this.terminal = terminal;
    this.interrupted = interrupted;
  }

  /** Whether more was typed, or pasted, than was read. */
  static boolean ahead(Terminal terminal) {
    return next(terminal) >= 0;
  }

  /**
   * The next key where one was typed, or pasted, already, and else READ_EXPIRED; EOF where that is
   * Ctrl-D, which the kernel gives as an end while no line is edited.
   */
  static int next(Terminal terminal) {
    try {
      return terminal.reader().peek(AHEAD_MS);
    } catch (IOException gone) {
      return NonBlockingReader.EOF;
    }
  }

  /** Drops that. */
  static void drop(Terminal terminal) {
    try {
      while (terminal.reader().peek(AHEAD_MS) >= 0) {
        int unused = terminal.reader().read();
      }
    } catch (IOException gone) {
      // Then whoever reads next learns it.
      return;
    }
  }

  @Override
  public String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int key = key();
      if (key < 0) {
        return line.isEmpty() ? null : line.toString();
      }
      if (key == '\n' || key == '\r') {
        return line.toString();
      }
      line.append((char) key);
    }
  }

  private int key() throws IOException {
    while (true) {
      if (interrupted.getAsBoolean()) {
        throw VerbRun.over();
      }
      try {
        int key = terminal.reader().read(LOOK_MS);
        if (key != NonBlockingReader.READ_EXPIRED) {
          return key;
        }
      } catch (InterruptedIOException stop) {
        throw VerbRun.over();
      }
    }
  }
}

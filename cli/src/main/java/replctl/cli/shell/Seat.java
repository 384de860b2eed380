package replctl.cli.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Widget;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;
import org.jline.widget.AutosuggestionWidgets;

/** The terminal and its line editor. Remembers whether a line was typed or came by a paste. */
final class Seat {
  /** The editor's own words would go to standard error; kept, or the setting is forgotten. */
  private static final Logger EDITOR = Logger.getLogger("org.jline");

  private final Terminal terminal;
  private final LineReaderImpl reader;
  private boolean pasted;

  /** A line, or several that were pasted as one. */
  record Typed(String text, boolean byHand) {}

  /**
   * @param history where lines are kept; empty: nowhere
   */
  Seat(Terminal terminal, Completer completer, Optional<Path> history) {
    this.terminal = terminal;
    DefaultParser parser = parser();
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("replctl")
            .parser(parser)
            .completer(completer)
            .history(new KeptHistory())
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "> ")
            .variable(LineReader.HISTORY_SIZE, KeptHistory.LINES)
            .variable(LineReader.HISTORY_FILE_SIZE, KeptHistory.LINES)
            .variable(LineReader.LIST_MAX, 200)
            // An exclamation mark is a letter like others.
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_IGNORE_DUPS, true)
            .option(LineReader.Option.HISTORY_BEEP, false)
            // Only what is valid is offered, not what is spelt like it.
            .option(LineReader.Option.COMPLETE_MATCHER_TYPO, false)
            .option(LineReader.Option.COMPLETE_MATCHER_CAMELCASE, false)
            .option(LineReader.Option.BRACKETED_PASTE, lively());
    history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    reader = (LineReaderImpl) builder.build();
    Widget paste = reader.getBuiltinWidgets().get(LineReader.BEGIN_PASTE);
    reader
        .getWidgets()
        .put(
            LineReader.BEGIN_PASTE,
            () -> {
              pasted = true;
              return paste.apply();
            });
    if (lively()) {
      new AutosuggestionWidgets(reader).enable();
    }
  }

  /** The terminal of this process. */
  static Terminal terminal() throws IOException {
    EDITOR.setLevel(Level.OFF);
    // Java 24 and newer warns on the terminal about native code; stty does as well, if slower.
    boolean quiet = Runtime.version().feature() < 24;
    return TerminalBuilder.builder()
        .name("replctl")
        .ffm(false)
        .jni(quiet)
        .exec(true)
        .system(true)
        .dumb(true)
        .nativeSignals(true)
        .encoding(StandardCharsets.UTF_8)
        .build();
  }

  private static DefaultParser parser() {
    DefaultParser parser = new DefaultParser();
    parser.setEofOnUnclosedQuote(true);
    return parser;
  }

  /** The words of a line. */
  static List<String> words(String line) {
    DefaultParser parser = new DefaultParser();
    return parser.parse(line, line.length()).words().stream().filter(w -> !w.isEmpty()).toList();
  }

  /** Whether it can be drawn on in place. */
  boolean lively() {
    return !terminal.getType().startsWith(Terminal.TYPE_DUMB);
  }

  /**
   * The next line.
   *
   * @throws org.jline.reader.UserInterruptException at Ctrl-C
   * @throws EndOfFileException at Ctrl-D, or where the terminal is gone
   */
  Typed read(String prompt) {
    // What is there before anybody can have read the prompt came by a paste, or was typed ahead.
    int next = Answers.next(terminal);
    if (next == NonBlockingReader.EOF) {
      throw new EndOfFileException();
    }
    pasted = next >= 0;
    String text = reader.readLine(prompt);
    return new Typed(text, !pasted && !Answers.ahead(terminal));
  }

  /** Whether a line is being typed. */
  boolean reading() {
    return reader.isReading();
  }

  /** Draws the line that is being typed with another prompt. */
  void prompt(String prompt) {
    if (lively() && reading()) {
      try {
        reader.setPrompt(prompt);
        reader.callWidget(LineReader.REDISPLAY);
      } catch (IllegalStateException ended) {
        // It was accepted just now; the next one has the new prompt.
        return;
      }
    }
  }

  /** Prints a line above the one that is being typed; false: nothing is being typed. */
  boolean above(String line) {
    if (!lively() || !reading()) {
      return false;
    }
    reader.printAbove(line);
    return true;
  }
}

package replctl.cli.render;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import replctl.cli.Console;
import replctl.cli.Extent;

/** Where a verb's result goes, in the form that was asked for. */
public final class Page {
  private final Console console;
  private final Format format;
  private final Extent.Size size;
  private final Lines lines;

  private Page(Console console, Format format, Extent.Size size, Lines lines) {
    this.console = console;
    this.format = format;
    this.size = size;
    this.lines = lines;
  }

  /** On stdout. */
  public static Page of(Console console, Format format, Colour colour) {
    Extent.Size size =
        console.screen().out() ? console.screen().extent().now() : Extent.Size.UNKNOWN;
    Lines.Look look =
        new Lines.Look(
            format == Format.WIDE, colour.on(console), console.unicode(), size.columns());
    return new Page(console, format, size, new Lines(console.out(), look));
  }

  /** The form that was asked for. */
  public Format format() {
    return format;
  }

  /** The size of the terminal that it fits. */
  public Extent.Size size() {
    return size;
  }

  /** Lines on stdout, for what has no other form. */
  public Lines lines() {
    return lines;
  }

  /**
   * Prints a result; only the form that was asked for is made.
   *
   * @param names one name a line, for scripts
   * @return 0, the exit code
   */
  public int show(Supplier<Doc> data, Consumer<Lines> text, Consumer<Consumer<String>> names) {
    switch (format) {
      case JSON -> console.out().print(Json.of(data.get()));
      case YAML -> console.out().print(Yaml.of(data.get()));
      case NAME -> names.accept(name -> lines.line(name));
      case TABLE, WIDE -> text.accept(lines);
    }
    return 0;
  }

  /** Prints one of many looks after the others. */
  public void append(LookPrinter printer) {
    switch (format) {
      case JSON -> console.out().print(Json.line(printer.doc()));
      case YAML -> console.out().print("---\n" + Yaml.of(printer.doc()));
      case TABLE, WIDE, NAME -> printer.log(lines);
    }
  }

  /**
   * Prints one of many looks over the last one, and as much of it as the terminal shows: more would
   * move what is there, and the next one would be drawn elsewhere.
   *
   * @param notes what stays below it
   * @param clean whether all that is there goes before: it is not such a look, or one of another
   *     size, whose lines the terminal has broken elsewhere
   */
  public void redraw(LookPrinter printer, List<String> notes, boolean clean) {
    StringWriter text = new StringWriter();
    PrintWriter screen = new PrintWriter(text);
    Lines all = new Lines(screen, lines.look());
    printer.lines(all);
    notes.stream().flatMap(String::lines).forEach(all::line);
    screen.flush();
    // Home, each line with its old rest erased, then all below: without a flicker.
    console.out().print(clean ? "\u001b[2J\u001b[H" : "\u001b[H");
    Frame.of(text.toString().lines().toList(), size)
        .forEach(line -> console.out().print(line + "\u001b[K\n"));
    console.out().print("\u001b[J");
  }
}

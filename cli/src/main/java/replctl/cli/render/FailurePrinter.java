package replctl.cli.render;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import replctl.cli.Console;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.cli.Failure.Said;
import replctl.playbooks.verb.monitor.State;

/** Says on stderr why a command did not do what it should: found, unchanged, next. */
public final class FailurePrinter {
  private final PrintWriter err;
  private final Lines lines;
  private final Format format;
  private final boolean debug;

  /** Where a monitoring plugin says it; empty for all other verbs. */
  private final Optional<Lines> plugin;

  private final Console console;

  private FailurePrinter(
      Console console, Lines lines, Format format, boolean debug, Optional<Lines> plugin) {
    this.console = console;
    this.plugin = plugin;
    this.err = console.err();
    this.lines = lines;
    this.format = format;
    this.debug = debug;
  }

  /** As these arguments ask for it; they may be wrong, so they are only looked at. */
  public static FailurePrinter of(Console console, List<String> words) {
    Colour colour =
        words.contains("--color=always")
            ? Colour.ALWAYS
            : words.contains("--color=never") ? Colour.NEVER : Colour.AUTO;
    Lines.Look look = new Lines.Look(false, colour.onErr(console), console.unicode(), 0);
    return new FailurePrinter(
        console,
        new Lines(console.err(), look),
        format(words),
        words.contains("--debug"),
        Optional.empty());
  }

  /** The same for a monitoring plugin: a line on stdout, and always UNKNOWN. */
  public FailurePrinter ofPlugin() {
    return new FailurePrinter(
        console, lines, format, debug, Optional.of(new Lines(console.out(), Lines.Look.PLAIN)));
  }

  private static Format format(List<String> words) {
    for (Format format : List.of(Format.JSON, Format.YAML)) {
      String word = format.word();
      int at = Math.max(words.indexOf("-o"), words.indexOf("--output"));
      if (words.contains("-o" + word)
          || words.contains("-o=" + word)
          || words.contains("--output=" + word)
          || (at >= 0 && at + 1 < words.size() && words.get(at + 1).equals(word))) {
        return format;
      }
    }
    return Format.TABLE;
  }

  /** Wrong arguments; returns the exit code. */
  public int usage(Said said) {
    return print(said, ExitCode.USAGE.code());
  }

  /** A command that ended early; returns its exit code. */
  public int failure(Failure failure) {
    int code = print(failure.said(), failure.exitCode());
    if (debug) {
      failure.printStackTrace(err);
    }
    return code;
  }

  /** An error in replctl itself; returns its exit code. */
  public int unexpected(Throwable problem) {
    String what = problem.getClass().getSimpleName();
    String why = problem.getMessage() == null ? what : what + ": " + problem.getMessage();
    String next =
        debug ? "report this with the lines below" : "the same with --debug, and report it";
    int code =
        print(
            new Said("", "an error in replctl itself (" + why + ")", "", List.of(next)),
            ExitCode.ERROR.code());
    if (debug) {
      problem.printStackTrace(err);
    }
    return code;
  }

  /** Says it, and returns the exit code. */
  private int print(Said said, int exitCode) {
    if (plugin.isPresent()) {
      Lines to = plugin.get();
      to.line(PluginText.head(State.UNKNOWN, said.found(), List.of()));
      said.next().forEach(next -> to.line(PluginText.text("next: " + next)));
      return State.UNKNOWN.code();
    }
    if (format.data()) {
      Doc doc =
          Doc.of("Error")
              .put("code", Optional.of(said.code()).filter(c -> !c.isEmpty()))
              .put("exitCode", exitCode)
              .put("found", said.found())
              .put("unchanged", said.unchanged())
              .put("next", said.next());
      err.print(format == Format.JSON ? Json.of(doc) : Yaml.of(doc));
      return exitCode;
    }
    String head = said.code().isEmpty() ? "replctl: " : "REFUSED [" + said.code() + "] ";
    List<String> found = said.found().lines().toList();
    for (int i = 0; i < found.size(); i++) {
      lines.line(
          i == 0
              ? List.of(new Span(head, Tone.BAD), Span.of(found.get(i)))
              : List.of(Span.of(found.get(i))));
    }
    if (!said.unchanged().isEmpty()) {
      lines.line(said.unchanged());
    }
    for (int i = 0; i < said.next().size(); i++) {
      lines.line((i == 0 ? "Next: " : "      ") + said.next().get(i));
    }
    return exitCode;
  }
}

package replctl.cli.command;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import replctl.cli.Console;
import replctl.cli.Version;
import replctl.cli.render.Colour;
import replctl.cli.render.Format;
import replctl.cli.wiring.Backend;

/**
 * The commands as picocli's model: what parses, and what help, completion and manual are made of.
 */
public final class CommandTree {
  private final Root root;
  private final CommandLine line;

  private CommandTree(Root root, CommandLine line) {
    this.root = root;
    this.line = line;
  }

  /** With the verbs that are among the arguments: the others are not built. */
  public static CommandTree chosen(List<String> args, Console console, Backend backend) {
    Set<String> words = new TreeSet<>(args);
    return of(Verbs.ALL.stream().filter(e -> words.contains(e.name())).toList(), console, backend);
  }

  /** With all verbs. */
  public static CommandTree whole(Console console, Backend backend) {
    return of(Verbs.ALL, console, backend);
  }

  /**
   * Whether what was typed is a monitoring plugin, also where it can't be parsed: its first word
   * that is no option and no option's value.
   */
  public static boolean isPlugin(List<String> args, Console console, Backend backend) {
    Map<String, OptionSpec> options =
        new CommandLine(new Root(console, backend)).getCommandSpec().optionsMap();
    for (int i = 0; i < args.size(); i++) {
      String word = args.get(i);
      if (!word.startsWith("-")) {
        return word.equals(CheckVerb.NAME);
      }
      OptionSpec option = options.get(word);
      i += option != null && option.arity().max() > 0 ? 1 : 0;
    }
    return false;
  }

  private static CommandTree of(List<Verbs.Entry> entries, Console console, Backend backend) {
    Root root = new Root(console, backend);
    CommandLine line = new CommandLine(root);
    for (Verbs.Entry entry : entries) {
      line.addSubcommand(entry.name(), new CommandLine(entry.verb().get()));
      CommandLine verb = line.getSubcommands().get(entry.name());
      verb.getCommandSpec().usageMessage().header(entry.summary());
      verb.getCommandSpec().usageMessage().hidden(entry.group() == Verbs.Group.HIDDEN);
    }
    // A verb below another, as in plan switchover, is summed up as when it stands alone.
    line.getSubcommands().values().stream()
        .flatMap(verb -> verb.getSubcommands().entrySet().stream())
        .forEach(
            sub ->
                Verbs.named(sub.getKey())
                    .ifPresent(
                        e -> sub.getValue().getCommandSpec().usageMessage().header(e.summary())));
    line.registerConverter(Format.class, Format::of);
    line.registerConverter(Colour.class, Colour::of);
    line.registerConverter(java.time.Duration.class, Durations::parse);
    line.registerConverter(OptionalInt.class, CommandTree::number);
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(Help.width(console));
    line.setAbbreviatedOptionsAllowed(false);
    // A cluster may be called like a verb: -c status.
    line.setAllowSubcommandsAsOptionParameters(true);
    return new CommandTree(root, line);
  }

  private static OptionalInt number(String text) {
    if (!text.matches("-?[0-9]{1,9}")) {
      throw new TypeConversionException("expected a number, found " + text);
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  /** Whether that is a verb which only looks at a cluster. */
  public static boolean looks(String verb) {
    return Verbs.named(verb).filter(e -> e.group() == Verbs.Group.LOOK).isPresent();
  }

  /** The model. */
  public CommandLine line() {
    return line;
  }

  /**
   * Parses and runs.
   *
   * @throws ParameterException when the arguments are wrong
   */
  public int run(List<String> args) {
    ParseResult parsed = line.parseArgs(args.toArray(String[]::new));
    CommandLine last = line;
    for (ParseResult at = parsed; at.hasSubcommand(); at = at.subcommand()) {
      last = at.subcommand().commandSpec().commandLine();
    }
    if (line.isVersionHelpRequested()) {
      root.console.out().println("replctl " + Version.text());
      return 0;
    }
    if (root.help) {
      Help.print(root, last);
      return 0;
    }
    if (!(last.getCommandSpec().userObject() instanceof Verb verb)) {
      throw new MissingParameterException(last, List.of(), "a verb is missing");
    }
    return verb.run();
  }

  /** Colours of help. */
  static Ansi ansi(Root root) {
    return root.colour.on(root.console) ? Ansi.ON : Ansi.OFF;
  }
}

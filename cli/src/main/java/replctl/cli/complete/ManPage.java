package replctl.cli.complete;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import replctl.cli.ExitCode;

/** The page of a verb, or of replctl itself, from the model of the command. */
record ManPage(CommandLine command, String date) {
  /** The page. */
  String text() {
    CommandSpec spec = command.getCommandSpec();
    Mdoc page = new Mdoc(spec.qualifiedName("-"), 1, date, CompletionWords.summary(spec));
    page.section("SYNOPSIS");
    if (command.getSubcommands().isEmpty()) {
      synopsis(page, command);
    } else if (isRoot()) {
      page.line(".Nm replctl").line(".Op Ar options").line(".Ar verb");
      page.line(".Op Ar options").line(".Op Ar operands");
    } else {
      if (!spec.positionalParameters().isEmpty()) {
        synopsis(page, command);
      }
      command.getSubcommands().values().forEach(sub -> synopsis(page, sub));
    }
    page.section("DESCRIPTION");
    paragraphs(page, spec.usageMessage().description());
    if (!command.getSubcommands().isEmpty()) {
      verbs(page);
    }
    options(page, spec);
    if (isRoot()) {
      surroundings(page);
      exits(page);
    }
    examples(page, spec);
    page.section("SEE ALSO");
    if (isRoot()) {
      page.line(".Xr replctl-inventory 5 ,").line(".Xr replctl-exit\\-codes 7");
    } else {
      page.line(".Xr replctl 1 ,").line(".Xr replctl-inventory 5 ,");
      page.line(".Xr replctl-exit\\-codes 7");
    }
    return page.toString();
  }

  private boolean isRoot() {
    return command.getParent() == null;
  }

  private static void synopsis(Mdoc page, CommandLine of) {
    CommandSpec spec = of.getCommandSpec();
    page.line(".Nm " + spec.qualifiedName(" ")).line(".Op Ar options");
    for (PositionalParamSpec operand : spec.positionalParameters()) {
      page.line(
          (operand.arity().min() == 0 ? ".Op Ar " : ".Ar ")
              + operand.paramLabel()
              + (operand.arity().max() > 1 ? " ..." : ""));
    }
  }

  private void verbs(Mdoc page) {
    if (isRoot()) {
      page.section("VERBS");
    }
    page.list();
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              CommandSpec spec = sub.getCommandSpec();
              if (spec.usageMessage().hidden()) {
                return;
              }
              boolean hasPage = isRoot() && !name.equals("help");
              page.item(
                  hasPage ? "Xr replctl-" + name + " 1" : "Cm " + name,
                  CompletionWords.summary(spec));
              if (!isRoot()) {
                list(page, own(spec));
              }
            });
    page.end();
  }

  private void options(Mdoc page, CommandSpec spec) {
    List<ArgSpec> shown = isRoot() ? visible(spec) : own(spec);
    if (shown.isEmpty()) {
      page.line(".Pp").line("The options of every verb are in").line(".Xr replctl 1 .");
      return;
    }
    page.section("OPTIONS");
    if (!isRoot()) {
      page.line("Those of every verb are in").line(".Xr replctl 1 .");
    }
    list(page, shown);
  }

  private static void list(Mdoc page, List<ArgSpec> args) {
    if (args.isEmpty()) {
      return;
    }
    page.list();
    for (ArgSpec arg : args) {
      page.item(name(arg), String.join(" ", arg.description()));
    }
    page.end();
  }

  private static String name(ArgSpec arg) {
    if (!(arg instanceof OptionSpec option)) {
      return "Ar " + arg.paramLabel();
    }
    String value = option.arity().max() == 0 ? "" : " Ar " + option.paramLabel();
    return Arrays.stream(option.names())
        .map(n -> "Fl " + Mdoc.escaped(n.substring(1)) + value)
        .collect(Collectors.joining(" , "));
  }

  /** Its operands and options that not every verb takes. */
  private static List<ArgSpec> own(CommandSpec spec) {
    return visible(spec).stream().filter(a -> !a.inherited()).toList();
  }

  private static List<ArgSpec> visible(CommandSpec spec) {
    return spec.args().stream()
        .filter(a -> !a.hidden())
        .sorted((a, b) -> Boolean.compare(a.isOption(), b.isOption()))
        .toList();
  }

  private static void surroundings(Mdoc page) {
    page.section("ENVIRONMENT").list();
    page.item("Ev REPLCTL_INVENTORY", "the inventory, where -i does not name one");
    page.item("Ev REPLCTL_JAVA", "the java program to run with; else the one that came along,");
    page.line("that of JAVA_HOME, the first in PATH");
    page.item("Ev REPLCTL_JAVA_OPTS", "more options for Java, separated by blanks");
    page.item("Ev NO_COLOR", "where it is set and not empty, nothing is coloured");
    page.item("Ev COLUMNS", "the terminal's width, where it should not be asked");
    page.item("Ev XDG_STATE_HOME", "where journals are; else ~/.local/state");
    page.item("Ev XDG_CACHE_HOME", "where an archive of classes goes; else ~/.cache");
    page.end();
    page.section("FILES").list();
    page.item("Pa ./replctl.yaml", "the inventory, if no other is named; after it");
    page.line(".Pa ~/.config/replctl/inventory.yaml").line("and");
    page.line(".Pa /etc/replctl/inventory.yaml");
    page.item("Pa ~/.local/state/replctl", "journals of operations; copies are on the nodes");
    page.item(
        "Pa replctl-secrets",
        "beside the inventory, 0600: the certificate authority and the passwords of replctl's"
            + " accounts, where init made them. Keep a copy.");
    page.item("Pa ~/.replctl", "on each host, of the server's user: epochs and copies of journals");
    page.end();
  }

  private static void exits(Mdoc page) {
    page.section("EXIT STATUS").line(".Bl -tag -width Ds -compact");
    for (ExitCode code : ExitCode.values()) {
      page.item(String.valueOf(code.code()), code.meaning());
    }
    page.end();
  }

  private static void examples(Mdoc page, CommandSpec spec) {
    String[] footer = spec.usageMessage().footer();
    if (footer.length > 0) {
      page.section("EXAMPLES").literal(Arrays.stream(footer).map(String::strip).toList());
    }
  }

  private static void paragraphs(Mdoc page, String[] paragraphs) {
    for (int i = 0; i < paragraphs.length; i++) {
      if (i > 0) {
        page.line(".Pp");
      }
      page.text(paragraphs[i]);
    }
  }
}

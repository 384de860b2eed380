package replctl.cli.complete;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import replctl.cli.ExitCode;

/** A manual page in mdoc, from the model of a command. */
public record ManPage(CommandLine command, String date) {
  /** Every page of section 1, by its file's name. */
  public static Map<String, String> all(CommandLine root, String date) {
    Map<String, String> pages = new java.util.TreeMap<>();
    ManPage first = new ManPage(root, date);
    pages.put("replctl.1", first.text());
    root.getSubcommands()
        .forEach(
            (name, sub) -> {
              if (!sub.getCommandSpec().usageMessage().hidden() && !name.equals("help")) {
                pages.put("replctl-" + name + ".1", new ManPage(sub, date).text());
              }
            });
    return pages;
  }

  /** The page. */
  public String text() {
    CommandSpec spec = command.getCommandSpec();
    String name = spec.qualifiedName("-");
    StringBuilder page = new StringBuilder();
    page.append(".\\\" Made by the build from the commands; not edited by hand.\n");
    page.append(".Dd ").append(date).append('\n');
    page.append(".Dt ").append(name.toUpperCase(Locale.ROOT)).append(" 1\n.Os\n");
    page.append(".Sh NAME\n.Nm ").append(name).append("\n.Nd ");
    page.append(escaped(CompletionWords.summary(spec))).append('\n');
    page.append(".Sh SYNOPSIS\n");
    if (command.getSubcommands().isEmpty()) {
      synopsis(page, command);
    } else if (command.getParent() == null) {
      page.append(".Nm replctl\n.Op Ar options\n.Ar verb\n.Op Ar options\n.Op Ar operands\n");
    } else {
      command.getSubcommands().values().forEach(sub -> synopsis(page, sub));
    }
    page.append(".Sh DESCRIPTION\n");
    paragraphs(page, spec.usageMessage().description());
    if (!command.getSubcommands().isEmpty()) {
      verbs(page);
    }
    options(page, spec);
    if (command.getParent() == null) {
      exits(page);
    }
    if (spec.usageMessage().footer().length > 0) {
      page.append(".Sh EXAMPLES\n.Bd -literal\n");
      Arrays.stream(spec.usageMessage().footer())
          .forEach(line -> page.append(escaped(line.strip())).append('\n'));
      page.append(".Ed\n");
    }
    if (command.getParent() != null) {
      page.append(".Sh SEE ALSO\n.Xr replctl 1\n");
    }
    return page.toString();
  }

  private static void synopsis(StringBuilder page, CommandLine of) {
    CommandSpec spec = of.getCommandSpec();
    page.append(".Nm ").append(spec.qualifiedName(" ")).append('\n');
    page.append(".Op Ar options\n");
    for (PositionalParamSpec operand : spec.positionalParameters()) {
      page.append(operand.arity().min() == 0 ? ".Op Ar " : ".Ar ")
          .append(operand.paramLabel())
          .append(operand.arity().max() > 1 ? " ...\n" : "\n");
    }
  }

  private void verbs(StringBuilder page) {
    if (command.getParent() == null) {
      page.append(".Sh VERBS\n");
    }
    page.append(".Bl -tag -width Ds\n");
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              CommandSpec spec = sub.getCommandSpec();
              if (spec.usageMessage().hidden()) {
                return;
              }
              boolean page1 = command.getParent() == null && !name.equals("help");
              page.append(page1 ? ".It Xr replctl-" + name + " 1\n" : ".It Cm " + name + "\n");
              page.append(filled(CompletionWords.summary(spec)));
              List<OptionSpec> own = own(spec);
              if (command.getParent() != null && !own.isEmpty()) {
                list(page, own);
              }
            });
    page.append(".El\n");
  }

  private void options(StringBuilder page, CommandSpec spec) {
    List<OptionSpec> shown = command.getParent() == null ? visible(spec) : own(spec);
    if (shown.isEmpty()) {
      page.append(".Pp\nThe options of every verb are in\n.Xr replctl 1 .\n");
      return;
    }
    page.append(".Sh OPTIONS\n");
    if (command.getParent() != null) {
      page.append("Those of every verb are in\n.Xr replctl 1 .\n");
    }
    list(page, shown);
  }

  private static void list(StringBuilder page, List<OptionSpec> options) {
    page.append(".Bl -tag -width Ds\n");
    for (OptionSpec option : options) {
      page.append(".It ");
      String value = option.arity().max() == 0 ? "" : " Ar " + option.paramLabel();
      page.append(
          Arrays.stream(option.names())
              .map(n -> "Fl " + escaped(n.substring(1)) + value)
              .collect(Collectors.joining(" , ")));
      page.append('\n').append(filled(String.join(" ", option.description())));
    }
    page.append(".El\n");
  }

  private static List<OptionSpec> own(CommandSpec spec) {
    return visible(spec).stream().filter(o -> !o.inherited()).toList();
  }

  private static List<OptionSpec> visible(CommandSpec spec) {
    return spec.options().stream().filter(o -> !o.hidden()).toList();
  }

  private static void exits(StringBuilder page) {
    page.append(".Sh EXIT STATUS\n.Bl -tag -width Ds -compact\n");
    for (ExitCode code : ExitCode.values()) {
      page.append(".It ").append(code.code()).append('\n');
      page.append(escaped(code.meaning())).append('\n');
    }
    page.append(".El\n");
  }

  private static void paragraphs(StringBuilder page, String[] paragraphs) {
    for (int i = 0; i < paragraphs.length; i++) {
      page.append(i == 0 ? "" : ".Pp\n").append(filled(paragraphs[i]));
    }
  }

  /** Lines of at most 78; a new one after each sentence, which is how mdoc tells its end. */
  private static String filled(String text) {
    StringBuilder lines = new StringBuilder();
    for (String sentence : text.split("(?<=[a-z0-9)][.]) (?=[A-Z])")) {
      StringBuilder line = new StringBuilder();
      for (String word : escaped(sentence).split(" ")) {
        if (line.length() + word.length() > 77) {
          lines.append(line).append('\n');
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      lines.append(line).append('\n');
    }
    return lines.toString();
  }

  private static String escaped(String text) {
    String safe = text.replace("\\", "\\e").replace("-", "\\-");
    return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
  }
}

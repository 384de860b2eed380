package replctl.cli.complete;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What can be typed after a verb, as the completion scripts need it: words that are known when they
 * are written, and what to ask replctl for when Tab is pressed.
 *
 * @param path the verb's words, as in {@code inventory show}; empty: replctl itself
 * @param verbs words below it, each with its summary
 * @param options each option's longest name with what its value is; an empty text: no value
 * @param operand what its operand is; empty: none
 */
record CompletionWords(String path, Map<String, String> verbs, List<Flag> options, String operand) {
  /**
   * An option.
   *
   * @param value what its value is: a kind that {@link Names} knows, {@code file}, or words
   */
  record Flag(List<String> names, String value, String text) {}

  /** Of replctl and every verb below it. */
  static List<CompletionWords> all(CommandLine root) {
    List<CompletionWords> all = new ArrayList<>();
    collect(root, "", all);
    return all;
  }

  private static void collect(CommandLine at, String path, List<CompletionWords> all) {
    CommandSpec spec = at.getCommandSpec();
    Map<String, String> verbs = shown(at);
    List<Flag> options = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        options.add(new Flag(List.of(option.names()), value(option), first(option.description())));
      }
    }
    String operand =
        spec.positionalParameters().isEmpty() ? "" : kind(spec.positionalParameters().get(0));
    if (path.equals("help")) {
      operand = String.join(" ", shown(at.getParent()).keySet());
    }
    all.add(new CompletionWords(path, verbs, options, operand));
    at.getSubcommands()
        .forEach(
            (name, sub) -> {
              if (verbs.containsKey(name)) {
                collect(sub, (path + " " + name).strip(), all);
              }
            });
  }

  private static Map<String, String> shown(CommandLine at) {
    Map<String, String> verbs = new TreeMap<>();
    at.getSubcommands()
        .forEach(
            (name, sub) -> {
              if (!sub.getCommandSpec().usageMessage().hidden()) {
                verbs.put(name, summary(sub.getCommandSpec()));
              }
            });
    return verbs;
  }

  /** Every option of any of them whose next word is its value. */
  static List<String> valued(List<CompletionWords> all) {
    return all.stream()
        .flatMap(words -> words.options().stream())
        .filter(flag -> !flag.value().isEmpty())
        .flatMap(flag -> flag.names().stream())
        .distinct()
        .sorted()
        .toList();
  }

  static String summary(CommandSpec spec) {
    String header = first(spec.usageMessage().header());
    return header.isEmpty() ? first(spec.usageMessage().description()) : header;
  }

  private static String first(String[] texts) {
    return texts.length == 0 ? "" : texts[0];
  }

  private static String value(OptionSpec option) {
    return option.arity().max() == 0 ? "" : kind(option);
  }

  private static String kind(ArgSpec arg) {
    return switch (arg.paramLabel()) {
      case "FILE" -> "file";
      case "CLUSTER" -> "cluster";
      case "NODE" -> "node";
      case "OPERATION" -> "operation";
      case "WAY" -> "follow rewind inject clone";
      case "HOW" -> "switchover in-place leave";
      case "FORMAT" -> "table wide json yaml name";
      case "CHECK" -> "role lag apply sync epoch fence drift disk ready";
      case "WHEN" -> "auto always never";
      case "SHELL" -> "bash zsh fish";
      default -> "none";
    };
  }
}

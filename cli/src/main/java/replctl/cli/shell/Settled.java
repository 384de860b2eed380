package replctl.cli.shell;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The options that the shell adds to a line: those that it was started with, and what {@code use}
 * and {@code set} say. What a line says itself goes before.
 *
 * @param options each option's longest name with its words, as in {@code --cluster shop}
 */
record Settled(Map<String, List<String>> options) {
  private static final String CLUSTER = "--cluster";

  Settled {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** Those of every verb that were given here; whoever vouches for a line does so in that line. */
  static Settled of(ParseResult parsed) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    for (ParseResult at = parsed; at != null; at = at.subcommand()) {
      for (OptionSpec option : at.matchedOptions()) {
        String name = option.longestName();
        if (option.inherited() || at == parsed) {
          options.put(name, words(option));
        }
      }
    }
    options.keySet().removeAll(List.of("--yes", "--help", "--version"));
    return new Settled(options);
  }

  private static List<String> words(OptionSpec option) {
    List<String> words = new ArrayList<>();
    words.add(option.longestName());
    if (option.arity().max() > 0) {
      words.addAll(option.stringValues());
    }
    return words;
  }

  /** These, and those of the other where both have one. */
  Settled with(Settled other) {
    Map<String, List<String>> all = new LinkedHashMap<>(options);
    all.putAll(other.options);
    return new Settled(all);
  }

  /** The same with another cluster. */
  Settled using(String cluster) {
    return with(new Settled(Map.of(CLUSTER, List.of(CLUSTER, cluster))));
  }

  /** The cluster in use, where one was said. */
  Optional<String> cluster() {
    return value(CLUSTER);
  }

  /** The inventory's file, where one was said. */
  Optional<String> inventory() {
    return value("--inventory");
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(options.get(name)).map(words -> words.get(words.size() - 1));
  }

  /** A line with all that it does not say itself. */
  List<String> around(CommandLine model, List<String> line) {
    ParseResult parsed;
    try {
      parsed = model.parseArgs(line.toArray(String[]::new));
    } catch (ParameterException wrong) {
      // Then it is refused as it was typed.
      return line;
    }
    Map<String, List<String>> add = new LinkedHashMap<>(options);
    for (ParseResult at = parsed; at != null; at = at.subcommand()) {
      at.matchedOptions().forEach(o -> add.remove(o.longestName()));
      at.matchedPositionals().stream()
          .filter(p -> names(p.paramLabel(), p.stringValues()))
          .forEach(p -> add.remove(CLUSTER));
    }
    List<String> all = new ArrayList<>();
    add.values().forEach(all::addAll);
    all.addAll(line);
    return all;
  }

  /** Whether an operand names its cluster. */
  private static boolean names(String label, List<String> values) {
    return label.equals("CLUSTER")
        || (label.equals("NODE") && values.stream().anyMatch(v -> v.indexOf('/') > 0));
  }
}

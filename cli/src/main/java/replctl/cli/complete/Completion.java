package replctl.cli.complete;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import replctl.cli.complete.CompletionWords.Flag;

/**
 * What can be typed next, by the same words that the completion scripts are made of. Verbs, options
 * and fixed values are given; for live names it is said which are asked for. Pure.
 */
public final class Completion {
  private static final Set<String> LIVE = Set.of("cluster", "node", "operation", "file");

  private final Map<String, CompletionWords> all = new LinkedHashMap<>();

  public Completion(CommandLine root) {
    CompletionWords.all(root).forEach(words -> all.put(words.path(), words));
  }

  /**
   * What is asked for.
   *
   * @param path the verb's words
   * @param option the option whose value it is; empty: an operand, or no value at all
   * @param live cluster, node, operation or file; empty where no live name fits
   * @param prefix stands in front of every value, as in {@code --to=}
   * @param fixed words that are known already, whole, prefix included
   */
  public record Asked(String path, String option, String live, String prefix, List<Choice> fixed) {
    public Asked {
      fixed = List.copyOf(fixed);
    }
  }

  /**
   * At a word.
   *
   * @param before the words in front of it
   * @param word what of it is typed
   */
  public Asked at(List<String> before, String word) {
    CompletionWords at = all.get("");
    Set<String> given = new LinkedHashSet<>();
    Optional<Flag> open = Optional.empty();
    boolean operands = false;
    for (String one : before) {
      if (open.isPresent()) {
        open = Optional.empty();
      } else if (one.startsWith("-")) {
        Optional<Flag> flag = flag(at, one);
        flag.filter(f -> !f.value().equals("node")).ifPresent(f -> given.addAll(f.names()));
        open = flag.filter(f -> !f.value().isEmpty() && one.indexOf('=') < 0);
      } else if (at.verbs().containsKey(one)) {
        at = all.get((at.path() + " " + one).strip());
      } else {
        operands = true;
      }
    }
    if (open.isPresent()) {
      return value(at, open.get(), "");
    }
    int equals = word.indexOf('=');
    if (word.startsWith("-") && equals > 0) {
      Optional<Flag> flag = flag(at, word).filter(f -> !f.value().isEmpty());
      String prefix = word.substring(0, equals + 1);
      return flag.isPresent() ? value(at, flag.get(), prefix) : none(at);
    }
    if (word.startsWith("-")) {
      return new Asked(at.path(), "", "", "", options(at, given));
    }
    List<Choice> verbs = new ArrayList<>();
    if (!operands) {
      at.verbs().forEach((name, summary) -> verbs.add(new Choice(name, summary)));
    }
    String live = LIVE.contains(at.operand()) ? at.operand() : "";
    return new Asked(at.path(), "", live, "", verbs);
  }

  private static Asked none(CompletionWords at) {
    return new Asked(at.path(), "", "", "", List.of());
  }

  private static Asked value(CompletionWords at, Flag flag, String prefix) {
    String kind = flag.value();
    String option = longest(flag);
    if (LIVE.contains(kind)) {
      return new Asked(at.path(), option, kind, prefix, List.of());
    }
    List<Choice> fixed = new ArrayList<>();
    if (!kind.equals("none")) {
      for (String one : kind.split(" ")) {
        fixed.add(new Choice(prefix + one, ""));
      }
    }
    return new Asked(at.path(), option, "", prefix, fixed);
  }

  private static List<Choice> options(CompletionWords at, Set<String> given) {
    return at.options().stream()
        .filter(f -> f.names().stream().noneMatch(given::contains))
        .map(f -> new Choice(longest(f), f.text()))
        .toList();
  }

  private static Optional<Flag> flag(CompletionWords at, String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    return at.options().stream().filter(f -> f.names().contains(name)).findFirst();
  }

  private static String longest(Flag flag) {
    String longest = "";
    for (String name : flag.names()) {
      longest = name.length() > longest.length() ? name : longest;
    }
    return longest;
  }
}

package replctl.cli.complete;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;
import replctl.inventory.Node;

/**
 * Names of the inventory that fit where Tab is pressed, a line each with a tab and a description.
 *
 * @param words what is typed before that: the verb, its options and operands
 */
public record Names(Inventory inventory, List<String> words) {
  /** What may follow a switchover's or a failover's {@code --to}: who may lead. */
  private static final List<String> HAND_OVER = List.of("switchover", "failover");

  /** Verbs whose node may be a witness. */
  private static final List<String> MEMBERSHIP = List.of("add", "remove");

  public Names {
    words = List.copyOf(words);
  }

  /** The clusters, each with its engine. */
  public static List<Choice> clusters(Inventory inventory) {
    return inventory.clusters().stream()
        .map(c -> new Choice(c.name().value(), c.engine().word()))
        .toList();
  }

  /** A cluster's nodes, each with where it is. */
  static List<Choice> nodes(Cluster cluster) {
    return cluster.nodes().stream().map(Names::choice).toList();
  }

  private static Choice choice(Node node) {
    return new Choice(node.name().value(), node.region().orElse(node.host()));
  }

  /** The file that was typed. */
  public static Optional<String> file(List<String> words) {
    return after(words, List.of("-i", "--inventory"));
  }

  /** Names of that kind; none where there is no such kind here. */
  public List<String> of(String kind) {
    List<String> lines = new ArrayList<>();
    if (kind.equals("cluster")) {
      inventory.clusters().forEach(c -> lines.add(c.name().value() + "\t" + c.engine().word()));
    } else if (kind.equals("node")) {
      clusters().forEach(cluster -> addNodes(cluster, lines));
    }
    return lines;
  }

  /**
   * The clusters that can be meant: the one that is typed, by an option or as an operand, or all.
   */
  public List<Cluster> clusters() {
    Optional<String> option = after(words, List.of("-c", "--cluster"));
    List<Cluster> named =
        inventory.clusters().stream()
            .filter(c -> option.map(c.name().value()::equals).orElse(isOperand(c)))
            .toList();
    return named.isEmpty() && option.isEmpty() ? inventory.clusters() : named;
  }

  private boolean isOperand(Cluster cluster) {
    return words.contains(cluster.name().value());
  }

  private void addNodes(Cluster cluster, List<String> lines) {
    List<String> typed = words.stream().filter(w -> !w.equals("=")).toList();
    String before = typed.isEmpty() ? "" : typed.get(typed.size() - 1);
    boolean leads = before.equals("--to") && HAND_OVER.stream().anyMatch(words::contains);
    boolean option = before.startsWith("-");
    // The name alone where the cluster is known, or is named elsewhere.
    String prefix =
        clusters().size() == 1 || option || words.contains("verify")
            ? ""
            : cluster.name().value() + "/";
    for (Node node : cluster.nodes()) {
      if (!leads || node.mayLead()) {
        Choice choice = choice(node);
        lines.add(prefix + choice.word() + "\t" + choice.description());
      }
    }
    if (!option && MEMBERSHIP.stream().anyMatch(words::contains)) {
      cluster
          .witnesses()
          .forEach(w -> lines.add(prefix + w.name().value() + "\twitness, " + w.host()));
    }
  }

  private static Optional<String> after(List<String> words, List<String> options) {
    for (int i = words.size() - 1; i >= 0; i--) {
      for (String option : options) {
        // bash gives the = of --cluster=shop as a word of its own.
        int at = i + 1 < words.size() && words.get(i + 1).equals("=") ? i + 2 : i + 1;
        if (words.get(i).equals(option) && at < words.size()) {
          return Optional.of(words.get(at));
        }
        if (option.startsWith("--") && words.get(i).startsWith(option + "=")) {
          return Optional.of(words.get(i).substring(option.length() + 1));
        }
      }
    }
    return Optional.empty();
  }
}

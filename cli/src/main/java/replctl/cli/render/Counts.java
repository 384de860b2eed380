package replctl.cli.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import replctl.playbooks.snapshot.NodeView;

/** What is said of many nodes at once: a screen holds the names of a few. */
final class Counts {
  /** From here on a table of nodes is longer than a screen, and what is in it is counted too. */
  static final int MANY = 25;

  /** So many names are printed where there are more. */
  private static final int NAMED = 5;

  private Counts() {}

  /** Names as words: all where they are few, else the first ones and how many more there are. */
  static String names(List<NodeView> nodes) {
    List<String> names = nodes.stream().map(n -> n.name().value()).toList();
    if (names.size() > NAMED + 1) {
      int more = names.size() - NAMED;
      return String.join(", ", names.subList(0, NAMED)) + " and " + more + " more";
    }
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /** How many are in which state, in the order in which the states occur; what is ill is named. */
  static String states(List<NodeView> nodes) {
    Map<Span, List<NodeView>> by = new LinkedHashMap<>();
    nodes.forEach(n -> by.computeIfAbsent(NodeState.state(n), s -> new ArrayList<>()).add(n));
    return nodes.size()
        + ": "
        + by.entrySet().stream()
            .map(
                e ->
                    e.getValue().size()
                        + " "
                        + e.getKey().text()
                        + (e.getKey().tone() == Tone.GOOD ? "" : " (" + names(e.getValue()) + ")"))
            .collect(Collectors.joining(", "));
  }
}

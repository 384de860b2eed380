package replctl.cli.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Privileges;

/**
 * {@code doctor --privileges}: what is to be typed, where. What is alike on several nodes is
 * printed once.
 *
 * @param nodes of every node, in the order of the inventory
 */
public record PrivilegesPrinter(Cluster cluster, Map<NodeName, Granted> nodes) {
  /**
   * What one node needs.
   *
   * @param sudoers lines for sudo
   */
  public record Granted(Privileges needs, List<String> sudoers) {
    public Granted {
      sudoers = List.copyOf(sudoers);
    }
  }

  /** Prints it; names are the nodes'. */
  public int to(Page page) {
    return page.show(
        this::doc,
        this::lines,
        names -> nodes.keySet().forEach(n -> names.accept(cluster.name() + "/" + n)));
  }

  Doc doc() {
    return Doc.of("Privileges")
        .put("cluster", cluster.name().value())
        .put("accounts", accounts())
        .put(
            "nodes",
            nodes.entrySet().stream()
                .map(
                    e ->
                        Doc.part()
                            .put("name", e.getKey().value())
                            .put("sudoers", e.getValue().sudoers())
                            .put("commands", e.getValue().needs().commands())
                            .put("statements", e.getValue().needs().statements())
                            .put("notes", e.getValue().needs().notes()))
                .toList());
  }

  void lines(Lines to) {
    to.line(
        List.of(
            Span.of("# "),
            new Span(cluster.name().value(), Tone.STRONG),
            Span.of("   " + cluster.engine().word() + ": what must be granted")));
    nodes.values().stream()
        .flatMap(g -> g.needs().notes().stream())
        .distinct()
        .forEach(note -> to.line("# " + note));
    section("# on %s, in /etc/sudoers.d/replctl", Granted::sudoers, "", to);
    section("# on %s, as root", g -> g.needs().commands(), "", to);
    section(
        "-- in the server of %s, each by itself, as its administrator",
        g -> g.needs().statements(), ";", to);
    if (!accounts().isEmpty()) {
      to.gap();
      to.line(
          "-- init makes these on the leader, with passwords of its own: nobody need type them");
      accounts().forEach(statement -> to.line(statement + ";"));
    }
  }

  /** Those of whoever leads: all nodes have them from it. */
  private List<String> accounts() {
    return nodes.values().stream().findFirst().map(g -> g.needs().accounts()).orElse(List.of());
  }

  private void section(String title, Function<Granted, List<String>> what, String end, Lines to) {
    Map<List<String>, List<String>> alike = new LinkedHashMap<>();
    nodes.forEach(
        (node, granted) -> {
          if (!what.apply(granted).isEmpty()) {
            alike
                .computeIfAbsent(what.apply(granted), lines -> new ArrayList<>())
                .add(node.value());
          }
        });
    alike.forEach(
        (lines, names) -> {
          to.gap();
          to.line(title.replace("%s", String.join(", ", names)));
          lines.forEach(line -> to.line(line + end));
        });
  }
}

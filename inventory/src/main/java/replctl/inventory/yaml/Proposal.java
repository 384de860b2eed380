package replctl.inventory.yaml;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** An inventory that is made of what somebody else wrote, to be read and decided by a person. */
final class Proposal {
  private final List<String> remarks = new ArrayList<>();
  private final Map<String, Group> clusters = new LinkedHashMap<>();

  /** A cluster of it. */
  private record Group(String engine, List<String> remarks, Map<String, String> nodes) {}

  /** What there is to say of a node. */
  record Member(String host, String user, OptionalInt port, String identity, boolean leader) {}

  /** Says something above all. */
  void remark(String text) {
    remarks.add(text);
  }

  /** Begins a cluster; returns its name. */
  String cluster(String like, String engine, List<String> said) {
    String name = FreeName.of(like, "cluster", clusters.keySet());
    clusters.put(name, new Group(engine, List.copyOf(said), new LinkedHashMap<>()));
    return name;
  }

  /** Adds a node to a cluster. */
  void node(String cluster, String like, Member member) {
    Map<String, String> nodes = clusters.get(cluster).nodes();
    List<String> ssh = new ArrayList<>();
    if (!member.user().isEmpty()) {
      ssh.add("user: " + quoted(member.user()));
    }
    member.port().ifPresent(port -> ssh.add("port: " + port));
    if (!member.identity().isEmpty()) {
      ssh.add("identity: " + quoted(member.identity()));
    }
    List<String> keys = new ArrayList<>(List.of("host: " + quoted(member.host())));
    if (member.leader()) {
      keys.add("leader: true");
    }
    if (!ssh.isEmpty()) {
      keys.add("ssh: {" + String.join(", ", ssh) + "}");
    }
    nodes.put(FreeName.ofHost(like, "node", nodes.keySet()), "{" + String.join(", ", keys) + "}");
  }

  /** Whether it has nothing in it. */
  boolean isEmpty() {
    return clusters.isEmpty();
  }

  /** Its text. */
  String text() {
    StringBuilder text = new StringBuilder();
    remarks.forEach(remark -> text.append("# ").append(remark).append('\n'));
    text.append("version: 1\nclusters:\n");
    clusters.forEach(
        (name, group) -> {
          text.append("  ").append(name).append(":\n");
          group.remarks().forEach(r -> text.append("    # ").append(r).append('\n'));
          text.append("    engine: ").append(group.engine()).append("\n    nodes:\n");
          group
              .nodes()
              .forEach(
                  (node, keys) ->
                      text.append("      ").append(node).append(": ").append(keys).append('\n'));
        });
    return text.toString();
  }

  /** A text in the quotes of JSON, which are YAML's too. */
  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }
}

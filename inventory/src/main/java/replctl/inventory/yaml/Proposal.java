package replctl.inventory.yaml;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** An inventory that is made of what somebody else wrote, to be read and decided by a person. */
final class Proposal {
  /** A name of replctl's is no longer. */
  private static final int LONGEST = 40;

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
    String name = free(like, "cluster", clusters.keySet());
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
    // A full name is long: its first part, where no other node is called so.
    String first = like.contains(".") && !like.matches("[0-9.]+") ? like.split("[.]", 2)[0] : like;
    String wanted = nodes.containsKey(named(first)) ? like : first;
    nodes.put(free(wanted, "node", nodes.keySet()), "{" + String.join(", ", keys) + "}");
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

  private static String named(String like) {
    String plain =
        like.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-").replaceAll("^-+|-+$", "");
    return plain.substring(0, Math.min(plain.length(), LONGEST));
  }

  private static String free(String like, String otherwise, Set<String> taken) {
    String name = named(like);
    Set<String> all = new TreeSet<>(taken);
    String base = name.isEmpty() ? otherwise : name;
    String wanted = base;
    for (int i = 2; all.contains(wanted); i++) {
      String end = "-" + i;
      wanted = base.substring(0, Math.min(base.length(), LONGEST - end.length())) + end;
    }
    return wanted;
  }
}

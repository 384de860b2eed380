package replctl.inventory.yaml;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import replctl.inventory.ClusterName;
import replctl.inventory.EngineKind;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.inventory.Ssh;

/**
 * A cluster that was found by asking its servers, as an inventory proposes it.
 *
 * @param ssh how all of its hosts are reached
 * @param port of its servers; empty: the engine's usual one
 * @param replication empty where nobody could say what writes wait for
 * @param remarks what is to be decided, a sentence each; any text, it is made harmless
 */
public record ProposedCluster(
    ClusterName name,
    EngineKind engine,
    Ssh ssh,
    OptionalInt port,
    Optional<Replication> replication,
    List<Member> nodes,
    List<String> remarks) {
  public ProposedCluster {
    nodes = List.copyOf(nodes);
    remarks = List.copyOf(remarks);
  }

  /**
   * A node of it.
   *
   * @param host any text: the inventory that is made of it may be refused for it
   * @param port of its server, where it is another than the cluster's
   * @param remarks what is to be decided of it
   */
  public record Member(
      NodeName name,
      String host,
      OptionalInt port,
      boolean leader,
      Optional<NodeName> cascadeFrom,
      Optional<Duration> delay,
      List<String> remarks) {
    public Member {
      remarks = List.copyOf(remarks);
    }
  }

  /** The inventory's text. */
  public String text() {
    StringBuilder text = new StringBuilder(200);
    text.append("# Proposed by replctl inventory import. Read it, decide where it says so, then:\n")
        .append("# replctl -i FILE inventory validate\n")
        .append("# replctl -i FILE init --dry-run\n")
        .append("version: 1\nclusters:\n  ")
        .append(name)
        .append(":\n");
    remarks.forEach(r -> remark(text, "    ", r));
    text.append("    engine: ").append(engine.word()).append('\n');
    section(text, "ssh", sshKeys());
    section(text, "database", port.isPresent() ? List.of("port: " + port.getAsInt()) : List.of());
    section(
        text, "replication", replication.map(ProposedCluster::replicationKeys).orElse(List.of()));
    text.append("    nodes:\n");
    for (Member node : nodes) {
      node.remarks().forEach(r -> remark(text, "      ", r));
      text.append("      ")
          .append(node.name())
          .append(": {")
          .append(String.join(", ", keys(node)))
          .append("}\n");
    }
    return text.toString();
  }

  /** What reading it as if it stood in that file gives. */
  public Reading reading(InventoryReader reader, Path file) {
    return reader.read(file, text().getBytes(StandardCharsets.UTF_8));
  }

  /** What servers said may hold anything: a line's end of theirs must not end the comment. */
  private static void remark(StringBuilder text, String margin, String words) {
    text.append(margin).append("# ").append(Shown.whole(words)).append('\n');
  }

  private static void section(StringBuilder text, String key, List<String> keys) {
    if (!keys.isEmpty()) {
      text.append("    ").append(key).append(": {").append(String.join(", ", keys)).append("}\n");
    }
  }

  private List<String> sshKeys() {
    List<String> keys = new ArrayList<>();
    ssh.user().ifPresent(user -> keys.add("user: " + quoted(user)));
    ssh.port().ifPresent(p -> keys.add("port: " + p));
    ssh.identity().ifPresent(file -> keys.add("identity: " + quoted(file.toString())));
    ssh.knownHosts().ifPresent(file -> keys.add("known_hosts: " + quoted(file.toString())));
    if (!ssh.jump().isEmpty()) {
      keys.add("jump: " + quoted(String.join(",", ssh.jump())));
    }
    return keys;
  }

  private static List<String> replicationKeys(Replication wanted) {
    List<String> keys = new ArrayList<>(List.of("mode: " + wanted.mode().word()));
    if (wanted.mode() == Replication.Mode.SEMI_SYNC) {
      keys.add("acks: " + wanted.acks());
    }
    if (wanted.mode() != Replication.Mode.ASYNC) {
      keys.add("on_lost_sync: " + wanted.onLostSync().word());
    }
    if (wanted.mode() != Replication.Mode.ASYNC
        && wanted.onLostSync() == Replication.OnLostSync.DEGRADE) {
      keys.add("degrade_after: " + time(wanted.degradeAfter()));
    }
    return keys;
  }

  private static List<String> keys(Member node) {
    List<String> keys = new ArrayList<>(List.of("host: " + quoted(node.host())));
    node.port().ifPresent(p -> keys.add("database: {port: " + p + "}"));
    if (node.leader()) {
      keys.add("leader: true");
    }
    node.cascadeFrom().ifPresent(from -> keys.add("cascade_from: " + from));
    node.delay().ifPresent(delay -> keys.add("delay: " + time(delay)));
    return keys;
  }

  private static String time(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
  }

  /** A text in the quotes of JSON, which are YAML's too. */
  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }
}

package replctl.inventory.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.FenceLevel;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Worded;

/** The keys of a node. */
final class NodeKeys {
  /** Whether a node may become the leader. */
  enum Failover implements Worded {
    ALLOWED("allowed"),
    NEVER("never");

    private final String word;

    Failover(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  static final int USUAL_PRIORITY = 50;

  static final Key<String> HOST =
      Key.required(
          "host",
          new TextType<>(new HostForm()),
          "Name or address, as the operator's host and the other nodes reach it.");
  static final Key<String> REGION =
      Key.optional("region", new TextType<>(new RegionForm()), "Where it stands: a label.");
  static final Key<Boolean> LEADER =
      Key.optional(
              "leader",
              new FlagType(),
              "Whether init makes it the first leader; later the cluster itself says who leads.")
          .otherwise("false");
  static final Key<Integer> PRIORITY =
      Key.optional("priority", new WholeType("a priority", 0, 100), "Higher leads first.")
          .otherwise("50");
  static final Key<Failover> FAILOVER =
      Key.optional(
              "failover",
              WordType.of(Failover.ALLOWED, Failover.NEVER),
              "Whether it may become the leader.")
          .otherwise("allowed");
  static final Key<NodeName> CASCADE_FROM =
      Key.optional(
          "cascade_from",
          new TextType<>(new NodeNameForm()),
          "The node that it follows instead of the leader.");
  static final Key<Duration> DELAY =
      Key.optional(
          "delay", new TextType<>(new DurationForm()), "How long it holds back what it applies.");
  static final Key<Node.Connection> CONNECTION =
      Key.optional(
              "connection",
              WordType.of(Node.Connection.SSH, Node.Connection.LOCAL),
              "How the host is reached: over SSH, or as this machine.")
          .otherwise("ssh");
  static final Key<Fields> SSH =
      Key.optional("ssh", SshKeys.SECTION, "How the host is reached over SSH.");
  static final Key<Fields> DATABASE =
      Key.optional("database", DatabaseKeys.SECTION, "How the database is reached.");
  static final Key<List<FenceLevel>> FENCE =
      Key.optional(
          "fence",
          new FenceType(),
          "What switches the host off: a device, or levels tried in order, each a device or a list"
              + " of devices that must all succeed.");

  static final Section SECTION = new Section("a node", keys(), Optional.empty());

  /** A witness has a vote and no data: any host with SSH. */
  static final Section WITNESS = Section.of("a witness", HOST, CONNECTION, SSH);

  private NodeKeys() {}

  private static List<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>();
    keys.addAll(
        List.of(
            HOST,
            REGION,
            LEADER,
            PRIORITY,
            FAILOVER,
            CASCADE_FROM,
            DELAY,
            CONNECTION,
            SSH,
            DATABASE));
    keys.addAll(LayoutKeys.KEYS);
    keys.add(FENCE);
    return keys;
  }
}

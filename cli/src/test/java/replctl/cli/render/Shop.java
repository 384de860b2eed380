package replctl.cli.render;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.inventory.yaml.InventoryReader;
import replctl.playbooks.engine.Connecting;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Position;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Trouble;

/** A cluster of four as it may be seen: one leads, one keeps up, one lags, one is not reached. */
public final class Shop {
  /** What is declared. */
  public static final Cluster CLUSTER =
      new InventoryReader()
          .read(
              Path.of("/etc/replctl/inventory.yaml"),
              """
              version: 1
              clusters:
                shop:
                  engine: postgresql
                  replication: {mode: semi-sync, acks: 1, on_lost_sync: block}
                  nodes:
                    pg1: {host: pg1.example.net, region: us-east, leader: true}
                    pg2: {host: pg2.example.net, region: us-east}
                    pg3: {host: pg3.example.net, region: europe, priority: 20}
                    pg4: {host: pg4.example.net, region: europe, failover: never, cascade_from: pg2}
              """
                  .getBytes(StandardCharsets.UTF_8))
          .inventory()
          .orElseThrow()
          .clusters()
          .get(0);

  /** What is seen. */
  public static final Snapshot SEEN =
      new Snapshot(
          Instant.parse("2026-11-24T03:12:00Z"),
          List.of(leader("pg1"), keepingUp("pg2"), lagging("pg3"), silent("pg4")));

  private Shop() {}

  /** It leads. */
  public static NodeView leader(String name) {
    return node(name, Role.LEADER, "4/3000148", Optional.empty(), Server.Sync.NONE, lag(0, 0, 0));
  }

  /** It follows pg1 and has all of it. */
  public static NodeView keepingUp(String name) {
    return keepingUp(name, "pg1");
  }

  private static NodeView keepingUp(String name, String from) {
    return node(
        name, Role.FOLLOWER, "4/3000148", Optional.of(from), Server.Sync.ACKS, lag(0, 0, 0));
  }

  /** It follows pg1 and is behind. */
  public static NodeView lagging(String name) {
    Lag lag =
        new Lag(
            OptionalLong.of(3_355_443),
            OptionalLong.of(1024),
            Optional.of(Duration.ofMillis(1400)),
            Lag.Cause.QUERY,
            Optional.of("replay waits for a query of pid 812, 41 s old"));
    return node(name, Role.FOLLOWER, "4/2CFF000", Optional.of("pg1"), Server.Sync.ASYNC, lag);
  }

  /** Nothing is known of it. */
  public static NodeView silent(String name) {
    return new NodeView(
        new NodeName(name),
        new Contact(Trouble.SILENT, "took the connection and said nothing for 2 s"),
        Optional.empty());
  }

  /** The same look with epoch 8, in which pg4 was closed and that is still owed. */
  public static Snapshot owing() {
    NodeName pg4 = new NodeName("pg4");
    NodeName pg1 = new NodeName("pg1");
    LeaderRecord record =
        new LeaderRecord(
            8,
            "op-8",
            pg1,
            List.of(pg1),
            1,
            List.of(),
            0,
            new TreeMap<>(Map.of(pg4, "power")),
            List.of(pg4));
    return SEEN.with(
        Map.of(
            pg1,
            new EpochFile.Known(
                true, 8, "op-8", false, "ann", OptionalLong.empty(), Optional.of(record))));
  }

  private static Lag lag(long bytes, long received, long millis) {
    return new Lag(
        OptionalLong.of(bytes),
        OptionalLong.of(received),
        Optional.of(Duration.ofMillis(millis)),
        Lag.Cause.NONE,
        Optional.empty());
  }

  private static NodeView node(
      String name, Role role, String position, Optional<String> from, Server.Sync sync, Lag lag) {
    return new NodeView(
        new NodeName(name),
        Contact.ANSWERED,
        Optional.of(
            new Server(
                Presence.RUNNING,
                role,
                Optional.of("7711835489664104866"),
                Optional.of("17.12"),
                Optional.of(new Place(position)),
                Optional.of(new Place(position)),
                from.map(NodeName::new),
                role == Role.LEADER ? Optional.empty() : Optional.of(true),
                sync,
                lag,
                List.of(),
                Facts.of(Map.of(HostFact.CERTIFICATE_END, "1829779200000")))));
  }

  /** A look at that cluster; how clients connect is not told. */
  static Look look(Snapshot seen) {
    return look(seen, (declared, leader) -> List.of());
  }

  static Look look(Snapshot seen, Connecting connecting) {
    return look(CLUSTER, seen, connecting);
  }

  /** A look at a cluster of so many nodes, n1, n2, ...: n1 leads, each tenth is not reached. */
  static Look crowd(int nodes) {
    StringBuilder inventory =
        new StringBuilder("version: 1\nclusters:\n  crowd:\n    engine: postgresql\n    nodes:\n");
    List<NodeView> seen = new ArrayList<>();
    for (int i = 1; i <= nodes; i++) {
      String name = "n" + i;
      inventory.append("      ").append(name).append(": {host: ").append(name);
      inventory.append(i == 1 ? ", leader: true}\n" : "}\n");
      seen.add(i == 1 ? leader(name) : i % 10 == 0 ? silent(name) : keepingUp(name, "n1"));
    }
    Cluster cluster =
        new InventoryReader()
            .read(
                Path.of("/etc/replctl/inventory.yaml"),
                inventory.toString().getBytes(StandardCharsets.UTF_8))
            .inventory()
            .orElseThrow()
            .clusters()
            .get(0);
    return look(cluster, new Snapshot(SEEN.at(), seen), (declared, leader) -> List.of());
  }

  private static Look look(Cluster cluster, Snapshot seen, Connecting connecting) {
    return Look.of(
        cluster, seen, new Acks.Levels(Acks.Level.FLUSHED, Acks.Level.APPLIED), connecting);
  }

  /** A position that is only shown. */
  private record Place(String text) implements Position {
    @Override
    public Order compare(Position other) {
      return other.equals(this) ? Order.EQUAL : Order.BEFORE;
    }

    @Override
    public OptionalLong bytesPast(Position other) {
      return OptionalLong.empty();
    }
  }
}

package replctl.playbooks.engine.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import replctl.inventory.Cluster;
import replctl.inventory.ClusterName;
import replctl.inventory.Database;
import replctl.inventory.EngineKind;
import replctl.inventory.Fencing;
import replctl.inventory.Layout;
import replctl.inventory.Limits;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.inventory.Ssh;
import replctl.playbooks.engine.Heard;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;

/**
 * What survey.sh said of real servers: one PostgreSQL 15 leader (port 21001) and two followers
 * (21002, 21003) on one host, in the state that the file's name tells. The files hold the script's
 * own lines: a key, a blank, a text with \n for a line end.
 */
public final class Recorded {
  /** Ten minutes after the first file was recorded; certificates are judged by it. */
  public static final Instant AT = Instant.parse("2026-11-24T20:20:00Z");

  private Recorded() {}

  /** The facts of one file. */
  public static Facts facts(String name) {
    Map<String, String> facts = new TreeMap<>();
    for (String line : text("recorded/" + name + ".facts").split("\n")) {
      String[] parts = line.split(" ", 2);
      facts.put(parts[0], parts.length == 2 ? parts[1].replace("\\n", "\n") : "");
    }
    return Facts.of(facts);
  }

  /** The facts of one file, some of them otherwise; an empty text takes one away. */
  public static Facts facts(String name, String... otherwise) {
    Map<String, String> facts = new TreeMap<>(facts(name).byName());
    for (int i = 0; i < otherwise.length; i += 2) {
      facts.put(otherwise[i], otherwise[i + 1]);
    }
    facts.values().removeIf(String::isEmpty);
    return Facts.of(facts);
  }

  /** pg1, pg2, ... on one host, ports from 21001. */
  public static Cluster cluster(int nodes) {
    return cluster(nodes, Replication.Mode.SEMI_SYNC);
  }

  /** The same, with another durability asked for. */
  public static Cluster cluster(int nodes, Replication.Mode mode) {
    return new Cluster(
        new ClusterName("shop"),
        EngineKind.POSTGRESQL,
        new Replication(mode, 1, Replication.OnLostSync.BLOCK, Duration.ofSeconds(30), 0),
        new Fencing(Set.of(Fencing.Strength.STOPPED)),
        Limits.DEFAULTS,
        IntStream.rangeClosed(1, nodes).mapToObj(n -> node(n, Database.Access.TUNNEL)).toList(),
        List.of());
  }

  /** The same, and their servers are reached straight. */
  public static Cluster straight(int nodes) {
    Cluster tunnel = cluster(nodes);
    return new Cluster(
        tunnel.name(),
        tunnel.engine(),
        tunnel.replication(),
        tunnel.fencing(),
        tunnel.limits(),
        IntStream.rangeClosed(1, nodes).mapToObj(n -> node(n, Database.Access.DIRECT)).toList(),
        tunnel.witnesses());
  }

  private static Node node(int number, Database.Access access) {
    return new Node(
        new NodeName("pg" + number),
        "127.0.0.1",
        Optional.empty(),
        number == 1,
        50,
        true,
        Optional.empty(),
        Optional.empty(),
        Node.Connection.LOCAL,
        Ssh.DEFAULTS,
        new Database(
            21000 + number,
            access,
            "replctl",
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Layout.ASK,
        List.of());
  }

  /** What the survey makes of these facts, the first of pg1, the second of pg2, ... */
  public static Snapshot read(Facts... facts) {
    Map<NodeName, Answer> answers = new LinkedHashMap<>();
    for (int i = 0; i < facts.length; i++) {
      answers.put(new NodeName("pg" + (i + 1)), new Answer.Done(facts[i]));
    }
    return read(facts.length, answers);
  }

  /** What the survey makes of these answers. */
  public static Snapshot read(int nodes, Map<NodeName, Answer> answers) {
    return new PostgresqlSurvey().read(cluster(nodes), AT, Heard.all(answers));
  }

  /** What the survey makes of these files. */
  public static Snapshot look(String... files) {
    return read(java.util.Arrays.stream(files).map(Recorded::facts).toArray(Facts[]::new));
  }

  private static String text(String resource) {
    try (InputStream in = Recorded.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

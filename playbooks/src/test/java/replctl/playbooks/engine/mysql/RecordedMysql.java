package replctl.playbooks.engine.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
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
 * What survey.sh said of real servers, MySQL 9.7.4: my1, which leads, and two followers, my2 and
 * my3, on hosts of their own, in the state that the file's name tells. The files hold the script's
 * own lines.
 */
final class RecordedMysql {
  /** The day of the recording. */
  private static final Instant AT = Instant.parse("2026-11-30T06:00:00Z");

  private RecordedMysql() {}

  /** The facts of one file, some of them otherwise; an empty text takes one away. */
  static Facts facts(String name, String... otherwise) {
    Map<String, String> facts = new TreeMap<>();
    for (String line : text("recorded/" + name + ".facts").split("\n")) {
      String[] parts = line.split(" ", 2);
      facts.put(parts[0], parts.length == 2 ? parts[1].replace("\\n", "\n") : "");
    }
    for (int i = 0; i < otherwise.length; i += 2) {
      facts.put(otherwise[i], otherwise[i + 1]);
    }
    facts.values().removeIf(String::isEmpty);
    return Facts.of(facts);
  }

  static Cluster cluster(int nodes) {
    return cluster(nodes, number -> "my" + number);
  }

  /** Its nodes on other hosts. */
  static Cluster cluster(int nodes, IntFunction<String> host) {
    return new Cluster(
        new ClusterName("blog"),
        EngineKind.MYSQL,
        new Replication(
            Replication.Mode.SEMI_SYNC, 1, Replication.OnLostSync.BLOCK, Duration.ofSeconds(30), 0),
        new Fencing(Set.of(Fencing.Strength.STOPPED)),
        Limits.DEFAULTS,
        IntStream.rangeClosed(1, nodes).mapToObj(n -> node(n, host.apply(n))).toList(),
        List.of());
  }

  private static Node node(int number, String host) {
    return new Node(
        new NodeName("my" + number),
        host,
        Optional.empty(),
        number == 1,
        50,
        true,
        Optional.empty(),
        Optional.empty(),
        Node.Connection.SSH,
        Ssh.DEFAULTS,
        new Database(
            3306,
            Database.Access.TUNNEL,
            "replctl",
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Layout.ASK,
        List.of());
  }

  /** What the survey makes of these facts, the first of my1, the second of my2, ... */
  static Snapshot read(Facts... facts) {
    Map<NodeName, Answer> answers = new LinkedHashMap<>();
    for (int i = 0; i < facts.length; i++) {
      answers.put(new NodeName("my" + (i + 1)), new Answer.Done(facts[i]));
    }
    return read(facts.length, answers);
  }

  /** What the survey makes of these answers. */
  static Snapshot read(int nodes, Map<NodeName, Answer> answers) {
    return new MysqlSurvey().read(cluster(nodes), AT, Heard.all(answers));
  }

  /** What the survey makes of these files. */
  static Snapshot look(String... files) {
    return read(Arrays.stream(files).map(f -> facts(f)).toArray(Facts[]::new));
  }

  private static String text(String resource) {
    try (InputStream in = RecordedMysql.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

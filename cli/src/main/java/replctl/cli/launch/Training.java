package replctl.cli.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import replctl.cli.Main;
import replctl.cli.shell.ShellRehearsal;
import replctl.playbooks.real.ssh.Rehearsal;

/**
 * Does what operators do, so that the classes for it go into the archive, and what Java makes of
 * them at their first use. Changes nothing, and reaches nothing but itself.
 */
public final class Training {
  private static final List<String> COMMANDS =
      List.of(
          "--help",
          "inventory validate",
          "inventory show",
          "inventory show -o json",
          "__complete node -- rejoin",
          "status -c absent",
          "init -c absent --dry-run",
          "switchover -c absent --yes",
          "status -c rehearsal",
          "status -c rehearsal -o json",
          "topology -c rehearsal",
          "lag -c rehearsal",
          "candidates -c rehearsal",
          "check -c rehearsal --interval 1ms",
          "metrics -c rehearsal",
          "init -c rehearsal --dry-run",
          "switchover -c rehearsal --dry-run",
          "op list -c rehearsal",
          "status -c rehearsal-mysql",
          "check -c rehearsal-mysql --interval 1ms",
          "switchover -c rehearsal-mysql --dry-run");

  private static final List<String> NODES = List.of("n1", "n2", "n3");

  /** What the servers of MySQL call themselves, in the order of the nodes. */
  private static final List<String> SERVERS =
      List.of(
          "cab319c8-ed02-11f1-a7f9-02000000000b",
          "cadf9e55-ed02-11f1-9302-02000000000c",
          "cb05e05d-ed02-11f1-98e8-02000000000d");

  private final Path folder;

  Training(Path folder) {
    this.folder = folder;
  }

  /**
   * Runs the commands.
   *
   * @param args the file that gets the archive's stamp
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("replctl-training");
    try {
      new Training(folder).run();
    } finally {
      delete(folder);
    }
    Files.writeString(Path.of(args[0]), Archive.stamp() + "\n");
  }

  private void run() throws IOException {
    try (Rehearsal hosts = Rehearsal.open(folder, facts())) {
      for (String command : COMMANDS) {
        run(command, hosts, OutputStream.nullOutputStream());
      }
      shell(hosts, OutputStream.nullOutputStream());
      Rehearsal.loadClasses();
    } catch (GeneralSecurityException unusual) {
      // A Java that lacks a method: the archive lacks it too.
    }
  }

  /** One command; prints to {@code out} alone. */
  int run(String command, Rehearsal hosts, OutputStream out) throws IOException {
    return Main.run(command.split(" "), out, OutputStream.nullOutputStream(), environment(hosts));
  }

  /** The shell, left at its first prompt. */
  int shell(Rehearsal hosts, OutputStream out) throws IOException {
    return ShellRehearsal.run(environment(hosts), "rehearsal", out);
  }

  private Map<String, String> environment(Rehearsal hosts) throws IOException {
    Path secret = folder.resolve("secret");
    if (!Files.exists(secret)) {
      Files.createFile(
          secret,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(secret, "rehearsal");
    }
    Path inventory = folder.resolve("replctl.yaml");
    Files.writeString(inventory, inventory(hosts));
    return Map.of(
        "REPLCTL_INVENTORY",
        inventory.toString(),
        "XDG_STATE_HOME",
        folder.toString(),
        "HOME",
        folder.toString(),
        "PATH",
        System.getenv().getOrDefault("PATH", ""));
  }

  /**
   * What the hosts of the rehearsal answer: of each engine a leader, a follower, and one more,
   * which is behind where it is PostgreSQL's.
   */
  static List<String> facts() throws IOException {
    List<String> facts = new ArrayList<>();
    for (int i = 0; i < NODES.size(); i++) {
      String node = NODES.get(i);
      String own = resource(node.equals("n1") ? "leader.facts" : "follower.facts");
      facts.add(
          (resource("common.facts") + own)
              .replace("REPLAYED", node.equals("n3") ? "0/504F000" : "0/504FB18")
              .replace("PORT", Integer.toString(port(i)))
              .replace("NODE", node));
    }
    int first = NODES.size();
    for (int i = 0; i < NODES.size(); i++) {
      facts.add(
          resource(i == 0 ? "mysql/leader.facts" : "mysql/follower.facts")
              .replace("SERVER", SERVERS.get(i))
              .replace("NUMBER", Integer.toString(101 + i))
              .replace("LEADS", Integer.toString(port(first)))
              .replace("PORT", Integer.toString(port(first + i)))
              .replace("NODE", NODES.get(i)));
    }
    return facts;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Training.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Of a server that is not there; {@code number} counts through the hosts. */
  private static int port(int number) {
    return 26011 + number;
  }

  private String inventory(Rehearsal hosts) {
    // Of this very user, so that no privilege is asked for, and without a server.
    String absent =
        String.format(
            Locale.ROOT,
            "{host: 127.0.0.1, connection: local, database: {port: %d, os_user: %s},"
                + " data_directory: %s}",
            26001,
            System.getProperty("user.name"),
            folder.resolve("1"));
    return """
        version: 1
        clusters:
          absent:
            engine: postgresql
            replication: {mode: async}
            nodes:
              n1: %s
          rehearsal:
            engine: postgresql
            ssh: {user: rehearsal, identity: %s, known_hosts: %s}
            database: {access: tunnel, user: replctl, password: {file: secret}}
            replication: {mode: semi-sync, acks: 1, on_lost_sync: block}
            fencing: {accept: [power, stopped]}
            limits: {lag_seconds: 30, lag_bytes: 100MiB}
            nodes:
        %s  rehearsal-mysql:
            engine: mysql
            ssh: {user: rehearsal, identity: %s, known_hosts: %s}
            database: {access: tunnel, user: replctl, password: {file: secret}}
            replication: {mode: semi-sync, acks: 1, on_lost_sync: block}
            fencing: {accept: [power, stopped]}
            nodes:
        %s"""
        .formatted(
            absent,
            hosts.identity(),
            hosts.knownHosts(),
            nodes(hosts, 0),
            hosts.identity(),
            hosts.knownHosts(),
            nodes(hosts, NODES.size()));
  }

  /**
   * The nodes of one cluster.
   *
   * @param from which of the hosts is the first one's
   */
  private static String nodes(Rehearsal hosts, int from) {
    StringBuilder nodes = new StringBuilder();
    for (int i = 0; i < NODES.size(); i++) {
      nodes.append(
          String.format(
              Locale.ROOT,
              "      %s: {host: localhost, ssh: {port: %d}, database: {port: %d}, priority: %d%s}%n",
              NODES.get(i),
              hosts.ports().get(from + i),
              port(from + i),
              90 - i,
              i == 0 ? ", leader: true, fence: {agent: fence_ipmilan, ip: 127.0.0.9}" : ""));
    }
    return nodes.toString();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

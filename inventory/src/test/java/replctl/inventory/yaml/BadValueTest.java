package replctl.inventory.yaml;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One bad key or value each, with its place and its text. */
class BadValueTest {
  record Case(Marked text, String problem) {
    @Override
    public String toString() {
      return problem;
    }
  }

  private static Case node(String keys, String problem) {
    return new Case(Marked.node(keys), "error: clusters.a.nodes.n1" + problem);
  }

  private static Case cluster(String lines, String problem) {
    return new Case(Marked.cluster(lines), "error: clusters.a" + problem);
  }

  static Stream<Case> keys() {
    return Stream.of(
        cluster(
            "¦fencng: {accept: [power]}",
            ".fencng: unknown key in a cluster; did you mean \"fencing\"?"),
        cluster(
            "¦Fencing: {accept: [power]}",
            ".Fencing: unknown key in a cluster; did you mean \"fencing\"?"),
        cluster(
            "¦dataDirectory: /srv/pg",
            ".dataDirectory: unknown key in a cluster; did you mean \"data_directory\"?"),
        cluster(
            "¦max_loss: any",
            ".max_loss: unknown key in a cluster; did you mean \"limits.max_loss\"?"),
        cluster("¦wholly_other: 1", ".wholly_other: unknown key in a cluster"),
        cluster("ssh: {¦usr: dba}", ".ssh.usr: unknown key in ssh; did you mean \"user\"?"),
        cluster(
            "limits: {¦lag_byte: 1MiB}",
            ".limits.lag_byte: unknown key in limits; did you mean \"lag_bytes\"?"),
        node("host: h, ¦priorty: 5", ".priorty: unknown key in a node; did you mean \"priority\"?"),
        new Case(
            Marked.nodes("n1: ¦{region: x}\nn2: {host: h2}\nn3: {host: h3}"),
            "error: clusters.a.nodes.n1: \"host\" is missing: name or address, as the operator's"
                + " host and the other nodes reach it"),
        cluster("ssh: ¦[dba]", ".ssh: expected ssh as a map of keys, found a list"),
        cluster("ssh: ¦dba", ".ssh: expected ssh as a map of keys, found text"),
        cluster("witnesses:¦", ".witnesses: expected witnesses as a map of names, found nothing"));
  }

  static Stream<Case> numbers() {
    return Stream.of("0", "-1", "65536", "22;id", "0x16", "08", "1e3", "1_000", "5432.0", "1:30")
        .map(
            port -> {
              boolean number = port.equals("0") || port.equals("65536");
              return node(
                  "host: h, database: {port: ¦" + port + "}",
                  ".database.port: expected a port from 1 to 65535, found \""
                      + port
                      + "\""
                      + (number ? "" : ": only decimal digits are taken, without a leading zero"));
            });
  }

  static Stream<Case> values() {
    return Stream.of(
        node(
            "host: h, database: {port: ¦\"5432\"}",
            ".database.port: expected a port from 1 to 65535, found \"5432\": write it without"
                + " quotes"),
        node(
            "host: h, priority: ¦101",
            ".priority: expected a priority from 0 to 100, found \"101\""),
        node(
            "host: h, leader: ¦on",
            ".leader: expected true or false, found \"on\"; did you mean \"true\"?"),
        node(
            "host: h, leader: ¦No",
            ".leader: expected true or false, found \"No\"; did you mean \"false\"?"),
        node("host: h, leader: ¦1", ".leader: expected true or false, found \"1\""),
        node("host: h, failover: ¦no", ".failover: expected allowed or never, found \"no\""),
        node(
            "host: h, failover: ¦nevr",
            ".failover: expected allowed or never, found \"nevr\"; did you mean \"never\"?"),
        node(
            "host: h, delay: ¦30",
            ".delay: expected a time such as 30s, 5min or 1h, found \"30\": the unit is missing;"
                + " did you mean \"30s\"?"),
        node(
            "host: h, delay: ¦5m",
            ".delay: expected a time such as 30s, 5min or 1h, found \"5m\": m is not a unit; did"
                + " you mean \"5min\"?"),
        node(
            "host: h, delay: ¦0s",
            ".delay: expected a time such as 30s, 5min or 1h, found \"0s\": it is no time at all"),
        node(
            "host: h, delay: ¦1:30",
            ".delay: expected a time such as 30s, 5min or 1h, found"
                + " \"1:30\": the units are ms, s, min, h and d"),
        node(
            "host: h, delay: ¦soon",
            ".delay: expected a time such as 30s, 5min or 1h, found" + " \"soon\""),
        node(
            "host: h, region: ¦null",
            ".region: expected a label of letters, digits, \".\", \"_\""
                + " and \"-\", found nothing"),
        cluster(
            "limits: {lag_bytes: ¦100mb}",
            ".limits.lag_bytes: expected a size such as 100MiB or 5GB, found \"100mb\": the units"
                + " are B, KB, KiB, MB, MiB, GB, GiB, TB, TiB; did you mean \"100MB\"?"),
        cluster(
            "limits: {lag_bytes: ¦010}",
            ".limits.lag_bytes: expected a size such as 100MiB or 5GB, found \"010\": the units"
                + " are B, KB, KiB, MB, MiB, GB, GiB, TB, TiB"),
        cluster(
            "limits: {max_loss: ¦none}",
            ".limits.max_loss: expected 0, a size such as 1MiB, or any, found \"none\""),
        cluster(
            "archive: {restore_command: cp %f %p, ¦fetch: x}",
            ".archive.fetch: unknown key in archive"),
        cluster("archive: ¦{}", ".archive: an archive needs restore_command or pgbackrest"),
        cluster(
            "archive: {pgbackrest: ¦shop;x}",
            ".archive.pgbackrest: expected a stanza's name of letters, digits, \"_\", \".\" and"
                + " \"-\", at most 63 characters, found \"shop;x\""),
        cluster(
            "archive: {restore_command: ¦cp /backup/x %p}",
            ".archive.restore_command: expected a command such as cp /backup/wal/%f %p, found"
                + " \"cp /backup/x %p\": %f, the file's name, is missing"),
        cluster(
            "archive: {restore_command: ¦cp /backup/%f .}",
            ".archive.restore_command: expected a command such as cp /backup/wal/%f %p, found"
                + " \"cp /backup/%f .\": %p, where the file goes, is missing"),
        cluster(
            "archive: {restore_command: ¦cp /%h/%f %p}",
            ".archive.restore_command: expected a command such as cp /backup/wal/%f %p, found"
                + " \"cp /%h/%f %p\": after % stands f, p, r or another %"),
        cluster(
            "archive: {restore_command: ¦\"cp /backup/%f %p\\nrm x\"}",
            ".archive.restore_command: expected a command such as cp /backup/wal/%f %p, found"
                + " \"cp /backup/%f %p\\u000Arm x\": U+000A can't stand in it"),
        cluster(
            "fencing: {accept: ¦[]}",
            ".fencing.accept: expected a list of at least 1 of proofs, found fewer"),
        cluster(
            "fencing: {accept: [power, ¦operator]}",
            ".fencing.accept[1]: expected power or stopped, found \"operator\""),
        cluster(
            "replication: {mode: ¦quorum}",
            ".replication.mode: expected async or semi-sync or sync, found \"quorum\""),
        cluster(
            "ssh: {user: ¦root -o ProxyCommand=x}",
            ".ssh.user: expected a user, found \"root -o ProxyCommand=x\": U+0020 can't stand in"
                + " it"),
        cluster(
            "ssh: {user: ¦-x}",
            ".ssh.user: expected a user, found \"-x\": it must start with" + " a letter or _"),
        cluster(
            "ssh: {identity: ¦\"id\\nProxyCommand x\"}",
            ".ssh.identity: expected a private key's file: absolute, or under ~/, or from the"
                + " inventory's folder on"),
        cluster(
            "ssh: {identity: ¦~other/key}",
            ".ssh.identity: expected a private key's file: absolute, or under ~/, or from the"
                + " inventory's folder on"),
        cluster(
            "database: {user: ¦'a\"; DROP'}",
            ".database.user: expected a role of the database, found \"a\"; DROP\": \"\"\" can't"
                + " stand in it"),
        cluster(
            "database: {user: ¦$$}",
            ".database.user: expected a role of the database, found \"$$\": \"$\" can't stand in"
                + " it"),
        cluster(
            "database: {user: ¦'a\\'}",
            ".database.user: expected a role of the database, found \"a\\\": \"\\\" can't stand"
                + " in it"),
        cluster(
            "database: {os_user: ¦postgres -o x}",
            ".database.os_user: expected a user, found \"postgres -o x\": U+0020 can't stand in it"),
        cluster(
            "database: {tls: ¦{ca: ca.pem}}", ".database.tls: tls needs ca, certificate and key"),
        new Case(
            Marked.text(
                "version: ¦2\nclusters: {a: {engine: mysql, replication: {mode: async}, nodes: {n: {host: h}}}}"),
            "error: version: expected the version 1, found \"2\""));
  }

  @ParameterizedTest
  @MethodSource({"keys", "numbers", "values"})
  void isToldWhereItStands(Case bad) {
    bad.text().findsErrors(bad.problem());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/cron.d/x",
        "A",
        "-a",
        "a_b",
        "'%i'",
        "'{{x}}'",
        "a.b",
        "\"\"",
        "shöp",
        "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddx"
      })
  void aNameIsAName(String name) {
    String problem =
        "expected a name of a-z, 0-9 and \"-\", at most 40 characters, not starting with \"-\"";

    Marked.nodes(
            "n1: {host: n1.example.net}\n¦"
                + name
                + ": {host: n2.example.net}\nn3: {host: n3.example.net}")
        .findsOneError(problem);
    Marked.text(
            "version: 1\nclusters:\n  ¦"
                + name
                + ": {engine: mysql, replication: {mode: async}, nodes: {n: {host: h}}}")
        .findsOneError(problem);
  }

  @Test
  void threeHundredCharactersAreNotRepeated() {
    Marked.node("host: ¦-" + "x".repeat(300))
        .findsErrors(
            "error: clusters.a.nodes.n1.host: expected a host name or IP address, found \"-"
                + "x".repeat(59)
                + "...\": it would be read as an option");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    Marked.text(
            """
            version: ¦1.0
            clusters:
              a:
                engine: ¦postgres
                ¦fencng: {}
                database: {port: ¦0x16}
                nodes:
                  n1: {host: ¦a;reboot, leader: ¦yes}
                  n2: {host: n2, fence: {agent: ¦./fence_x, ¦action: on}}
            """
                .replace("¦action: on", "action: ¦on"))
        .finds(
            "error: version: expected the version 1, found \"1.0\": only decimal digits are taken,"
                + " without a leading zero",
            "error: clusters.a.engine: expected postgresql or mysql, found \"postgres\"; did you"
                + " mean \"postgresql\"?",
            "error: clusters.a.fencng: unknown key in a cluster; did you mean \"fencing\"?",
            "error: clusters.a.database.port: expected a port from 1 to 65535, found \"0x16\":"
                + " only decimal digits are taken, without a leading zero",
            "error: clusters.a.nodes.n1.host: expected a host name or IP address, found"
                + " \"a;reboot\": \";\" can't stand in a host",
            "error: clusters.a.nodes.n1.leader: expected true or false, found \"yes\"; did you mean"
                + " \"true\"?",
            "error: clusters.a.nodes.n2.fence.agent: expected a fence agent's name such as"
                + " fence_ipmilan, found \"./fence_x\": it is \"fence_\" and more",
            "error: clusters.a.nodes.n2.fence.action: replctl itself says what the agent shall"
                + " do");
  }
}

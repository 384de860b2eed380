package replctl.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One server once, one vote a host. */
class HostRulesTest {
  @ParameterizedTest
  @CsvSource({
    "localhost,127.0.0.1",
    "localhost,'\"::1\"'",
    "127.0.0.1,'\"::ffff:127.0.0.1\"'",
    "pg.example.net,PG.example.net",
    "10.0.0.1,10.0.0.1"
  })
  void oneServerStandsOnce(String one, String other) {
    Marked.nodes(
            "n1: {host: "
                + one.replace("'", "")
                + "}\nn2: {host: ¦"
                + other.replace("'", "")
                + "}\nn3: {host: h3}")
        .findsOneError(" 5432 are those of a/n1 already");
  }

  @Test
  void oneServerStandsInOneCluster() {
    Marked.text(
            """
            version: 1
            clusters:
              a: {engine: mysql, replication: {mode: async}, nodes: {n: {host: h}}}
              b: {engine: mysql, replication: {mode: async}, nodes: {n: {host: ¦h}}}
              c:
                engine: mysql
                replication: {mode: async}
                nodes: {n: {host: h, database: {port: 3307}}}
            """)
        .finds("error: clusters.b.nodes.n.host: host and port h 3306 are those of a/n already");
  }

  @Test
  void oneMachineCanHaveManyServers() {
    Marked.text(
            """
            version: 1
            clusters:
              a:
                engine: postgresql
                connection: local
                nodes:
                  n1: {host: 127.0.0.1, database: {port: 5001}, data_directory: /srv/a}
                  n2: {host: localhost, database: {port: 5002}, data_directory: /srv/b}
                  n3: {host: "::1", database: {port: 5003}, data_directory: ¦/srv/a}
            """)
        .finds(
            "error: clusters.a.nodes.n3.data_directory: the data directory on this host is that of"
                + " a/n1 already");
  }

  @Test
  void aWitnessIsNoMember() {
    Marked.cluster("witnesses: {n1: ¦{host: h9}}")
        .findsErrors("error: clusters.a.witnesses.n1: a witness can't have a node's name");
    Marked.cluster("witnesses: {w: {host: ¦N1.example.net}}")
        .findsErrors(
            "error: clusters.a.witnesses.w.host: the host of n1: one loss takes both votes");
    Marked.cluster("witnesses: {w1: {host: h9}, w2: {host: ¦h9}}")
        .findsErrors(
            "error: clusters.a.witnesses.w2.host: the host of w1: one loss takes both votes");
  }

  @Test
  void aDemoHasOneMachineOnly() {
    Reading reading =
        Marked.text(
                """
                version: 1
                clusters:
                  a:
                    engine: postgresql
                    connection: local
                    nodes:
                      n1: {host: 127.0.0.1, database: {port: 5001}}
                      n2: {host: 127.0.0.1, database: {port: 5002}}
                    witnesses: {w: {host: 127.0.0.1}}
                """)
            .read();

    assertThat(reading.errors()).isEmpty();
    assertThat(reading.warnings())
        .extracting(Problem::message)
        .contains("the host of n1: one loss takes both votes");
  }

  @Test
  void hostsBehindOneAddressDifferByTheirSshPort() {
    Marked.text(
            """
            version: 1
            clusters:
              a:
                engine: postgresql
                nodes:
                  n1: {host: gw, ssh: {port: 2201}, database: {port: 5001}, data_directory: /srv/a}
                  n2: {host: gw, ssh: {port: 2202}, database: {port: 5002}, data_directory: /srv/a}
                  n3: {host: gw, ssh: {port: 2203}, database: {port: 5003}, data_directory: /srv/a}
                witnesses:
                  w1: {host: gw, ssh: {port: 2204}}
                  w2: {host: gw, ssh: {port: 2205}}
            """)
        .finds();
  }
}

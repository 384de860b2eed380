package replctl.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The names and the nulls that scripts come to depend on. */
class InventoryShowTest {
  @Test
  void everythingIsShownWithItsDefaults() throws IOException {
    JsonNode shown =
        show(
            """
            version: 1
            clusters:
              a:
                engine: mysql
                replication: {mode: async}
                nodes: {n: {host: h}}
            """);

    assertThat(shown)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {
                      "apiVersion": "replctl/v1",
                      "kind": "Inventory",
                      "file": "/inv/shop.yaml",
                      "clusters": [{
                        "name": "a",
                        "engine": "mysql",
                        "replication": {
                          "mode": "async",
                          "acks": 1,
                          "onLostSync": "block",
                          "degradeAfterSeconds": 10,
                          "cloneRateBytesPerSecond": null
                        },
                        "fencing": {"accept": ["power", "stopped"], "sshPatienceSeconds": 1},
                        "limits": {
                          "lagSeconds": 30,
                          "lagBytes": 104857600,
                          "diskPercent": 80,
                          "maxLoss": "0B",
                          "maxLossBytes": 0
                        },
                        "archive": null,
                        "nodes": [{
                          "name": "n",
                          "host": "h",
                          "region": null,
                          "leader": false,
                          "priority": 50,
                          "failover": "allowed",
                          "cascadeFrom": null,
                          "delaySeconds": null,
                          "connection": "ssh",
                          "ssh": {
                            "user": null,
                            "port": null,
                            "identity": null,
                            "knownHosts": null,
                            "jump": [],
                            "transport": "sshj",
                            "connectTimeoutSeconds": 2
                          },
                          "database": {
                            "port": 3306,
                            "access": "tunnel",
                            "user": "replctl",
                            "password": null,
                            "osUser": null,
                            "tls": null
                          },
                          "service": null,
                          "dataDirectory": null,
                          "binDirectory": null,
                          "configDirectory": null,
                          "stateDirectory": null,
                          "fence": []
                        }],
                        "witnesses": [],
                        "hooks": {"beforePromotion": null, "afterPromotion": null},
                        "redirect": []
                      }]
                    }
                    """));
  }

  @Test
  void whatIsSaidIsShownAndSecretsAreNot() throws IOException {
    JsonNode cluster =
        show("""
                version: 1
                clusters:
                  a:
                    engine: postgresql
                    replication: {acks: 1, on_lost_sync: degrade, degrade_after: 500ms, clone_rate: 1MB}
                    limits: {max_loss: any}
                    archive: {restore_command: "cp /backup/%f '%p'"}
                    database:
                      password: hunter2
                      tls: {ca: ca.pem, certificate: /c.pem, key: {env: KEY}}
                    nodes:
                      n1:
                        host: h1
                        ssh: {port: 2222, jump: [a, b]}
                        fence:
                          - - {agent: fence_apc, ip: 10.0.0.9, passwd: hunter2, timeout: 20s}
                            - {agent: fence_apc, ip: 10.0.0.8, passwd: {command: [pass, x]}}
                          - {command: [scripts/off, n1]}
                      n2: {host: h2, cascade_from: n1, delay: 1h, failover: never}
                      n3: {host: h3}
                    witnesses: {w: {host: h9, connection: local}}
                """)
            .get("clusters")
            .get(0);

    assertThat(cluster.toString()).doesNotContain("hunter2");
    assertThat(cluster.at("/replication/degradeAfterSeconds").decimalValue())
        .isEqualByComparingTo("0.5");
    assertThat(cluster.at("/replication/cloneRateBytesPerSecond").asLong()).isEqualTo(1_000_000);
    assertThat(cluster.at("/archive/restoreCommand").asText()).isEqualTo("cp /backup/%f '%p'");
    assertThat(cluster.at("/archive/pgbackrest").isNull()).isTrue();
    assertThat(cluster.at("/limits/maxLoss").asText()).isEqualTo("any");
    assertThat(cluster.at("/limits/maxLossBytes").isNull()).isTrue();
    assertThat(cluster.at("/nodes/0/database/password").asText()).isEqualTo("***");
    assertThat(cluster.at("/nodes/0/database/tls"))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"ca": "/inv/ca.pem", "certificate": "/c.pem", "key": "environment variable KEY"}
                    """));
    assertThat(cluster.at("/nodes/0/fence"))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    [
                      [
                        {
                          "agent": "fence_apc",
                          "options": {"ip": "10.0.0.9"},
                          "secrets": {"passwd": "***"},
                          "timeoutSeconds": 20
                        },
                        {
                          "agent": "fence_apc",
                          "options": {"ip": "10.0.0.8"},
                          "secrets": {"passwd": "command pass x"},
                          "timeoutSeconds": null
                        }
                      ],
                      [{"command": ["/inv/scripts/off", "n1"], "timeoutSeconds": null}]
                    ]
                    """));
    assertThat(cluster.at("/nodes/1/delaySeconds").asLong()).isEqualTo(3600);
    assertThat(cluster.at("/nodes/1/cascadeFrom").asText()).isEqualTo("n1");
    assertThat(cluster.at("/nodes/1/failover").asText()).isEqualTo("never");
    assertThat(cluster.at("/witnesses/0/connection").asText()).isEqualTo("local");
  }

  @Test
  void aStanzaBringsItsOwnRestoreCommand() throws IOException {
    JsonNode cluster =
        show("""
                version: 1
                clusters:
                  shop:
                    engine: postgresql
                    archive: {pgbackrest: shop}
                    nodes:
                      n1: {host: h1}
                      n2: {host: h2}
                      n3: {host: h3}
                """)
            .at("/clusters/0");

    assertThat(cluster.at("/archive/pgbackrest").asText()).isEqualTo("shop");
    assertThat(cluster.at("/archive/restoreCommand").asText())
        .isEqualTo("pgbackrest --stanza=shop archive-get %f \"%p\"");
  }

  private static JsonNode show(String text) throws IOException {
    // Through text, as a script gets it: 30 and 30L are one number there.
    return new ObjectMapper()
        .readTree(InventoryShow.of(Marked.text(text).inventory()).toPrettyString());
  }
}

package replctl.playbooks.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import replctl.inventory.Cluster;
import replctl.inventory.Hooks;
import replctl.inventory.NodeName;
import replctl.inventory.Redirect;
import replctl.playbooks.engine.ConnectionText;

/** The texts that clients connect with. */
class PostgresqlConnectingTest {
  private static final NodeName PG2 = new NodeName("pg2");

  private static List<String> texts(Cluster cluster, Optional<NodeName> leader) {
    return new PostgresqlConnecting()
        .texts(cluster, leader).stream().map(t -> t.to() + " " + t.text()).toList();
  }

  @Test
  void whoeverLeadsIsFoundAmongThoseThatMay() {
    assertThat(texts(Recorded.cluster(3), Optional.of(PG2)))
        .containsExactly(
            "leader postgresql://127.0.0.1:21001,127.0.0.1:21002,127.0.0.1:21003/"
                + "?target_session_attrs=read-write&connect_timeout=3",
            "leader jdbc:postgresql://127.0.0.1:21001,127.0.0.1:21002,127.0.0.1:21003/"
                + "?targetServerType=primary&connectTimeout=3",
            "pg2 postgresql://127.0.0.1:21002/");
  }

  @Test
  void aLeaderThatIsNotKnownIsNotNamed() {
    assertThat(texts(Recorded.cluster(1), Optional.empty()))
        .containsExactly(
            "leader postgresql://127.0.0.1:21001/?target_session_attrs=read-write&connect_timeout=3",
            "leader jdbc:postgresql://127.0.0.1:21001/?targetServerType=primary&connectTimeout=3");
  }

  @Test
  void redirectsThatHaveAnAddressAreWaysToo() {
    Cluster cluster =
        Recorded.cluster(2)
            .with(
                Hooks.NONE,
                List.of(
                    new Redirect.Vip("fd00::64", 64, "eth0"),
                    new Redirect.Haproxy(
                        new Redirect.Endpoint.Unix("/run/a.sock"),
                        Optional.empty(),
                        "shop",
                        Map.of()),
                    new Redirect.Pgbouncer(
                        Optional.of(PG2),
                        Optional.empty(),
                        "/var/run/postgresql",
                        6432,
                        "web shop/ü",
                        "shop",
                        "pgbouncer",
                        Optional.empty(),
                        "/etc/pgbouncer/replctl.ini",
                        Map.of())));

    assertThat(texts(cluster, Optional.of(PG2)))
        .contains(
            "vip postgresql://[fd00::64]:21002/",
            "pgbouncer postgresql://127.0.0.1:6432/web%20shop%2F%C3%BC");
  }

  @Test
  void noneHoldsMoreThanWasDeclared() {
    assertThat(new PostgresqlConnecting().texts(Recorded.cluster(3), Optional.of(PG2)))
        .allMatch(t -> !t.text().contains("@") && !t.text().contains("password"))
        .extracting(ConnectionText::client)
        .containsExactly("libpq", "jdbc", "libpq");
  }
}

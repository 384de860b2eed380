package replctl.playbooks.decide.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import replctl.playbooks.snapshot.Peers;
import replctl.playbooks.snapshot.Peers.Peer;
import replctl.playbooks.world.Facts;

/** Who is asked next, and who is taken for whom. */
class DiscoveryTest {
  /** PostgreSQL's servers of one cluster share this; MySQL's have one each. */
  private static final Optional<String> SHARED = Optional.of("7");

  private static Facts facts(String host, String address, int port) {
    return Facts.of(
        Map.of(
            "hostname",
            host,
            "addresses",
            address,
            "port",
            Integer.toString(port),
            "machine_id",
            "m-" + host,
            "boot_id",
            "b-" + host,
            "data_directory",
            "/data/" + port));
  }

  private static Found server(String asked, String host, String address, Peers peers) {
    return server(asked, host, address, 5432, peers);
  }

  private static Found server(String asked, String host, String address, int port, Peers peers) {
    return Found.at(new Endpoint(asked, port), facts(host, address, port), peers);
  }

  private static Peers peers(
      Optional<String> self, String called, Optional<Peer> upstream, Peer... followers) {
    return new Peers(
        self,
        Optional.of(called).filter(c -> !c.isEmpty()),
        upstream,
        List.of(followers),
        Optional.empty(),
        List.of());
  }

  private static Optional<Peer> from(String host, int port) {
    return Optional.of(new Peer(host, OptionalInt.of(port), Optional.empty(), SHARED));
  }

  private static Peer sees(String address, String name) {
    return new Peer(
        address, OptionalInt.empty(), Optional.of(name).filter(n -> !n.isEmpty()), SHARED);
  }

  /** Asks at these servers until nobody is left to be asked. */
  private static Discovery explored(Found first, Map<String, Found> there) {
    Discovery discovery = Discovery.from(first);
    for (Set<Endpoint> next = discovery.next(); !next.isEmpty(); next = discovery.next()) {
      Map<Endpoint, Discovery.Reply> replies = new LinkedHashMap<>();
      for (Endpoint at : next) {
        Optional<Found> found =
            Optional.ofNullable(there.get(at.host() + ":" + at.port()))
                .map(f -> Found.at(at, f.facts(), f.peers()));
        replies.put(at, new Discovery.Reply(found, found.isPresent() ? "" : "no answer"));
      }
      discovery = discovery.with(replies);
    }
    return discovery;
  }

  private static List<String> hosts(Discovery discovery) {
    return discovery.found().stream().map(f -> f.facts().text("hostname").orElseThrow()).toList();
  }

  /** pg1 leads pg2, and pg2 leads pg3. */
  private static Map<String, Found> cascade() {
    Found pg1 =
        server(
            "pg1", "pg1", "10.0.0.1", peers(SHARED, "", Optional.empty(), sees("10.0.0.2", "pg2")));
    Found pg2 =
        server(
            "pg2",
            "pg2",
            "10.0.0.2",
            peers(SHARED, "pg2", from("pg1", 5432), sees("10.0.0.3", "pg3")));
    Found pg3 = server("pg3", "pg3", "10.0.0.3", peers(SHARED, "pg3", from("10.0.0.2", 5432)));
    Map<String, Found> there = new LinkedHashMap<>();
    there.put("pg1:5432", pg1);
    there.put("10.0.0.1:5432", pg1);
    there.put("pg2:5432", pg2);
    there.put("10.0.0.2:5432", pg2);
    there.put("pg3:5432", pg3);
    there.put("10.0.0.3:5432", pg3);
    return there;
  }

  @Test
  void cascadesAreFollowedUpAndDownFromWherever() {
    for (String start : List.of("pg1", "pg2", "pg3", "10.0.0.3")) {
      Map<String, Found> there = cascade();
      Found begin = there.get(start + ":5432");
      Found first = Found.at(new Endpoint(start, 5432), begin.facts(), begin.peers());
      Discovery all = explored(first, there);

      assertThat(hosts(all)).as(start).containsExactlyInAnyOrder("pg1", "pg2", "pg3");
      assertThat(all.lacking()).isEmpty();
      Found third =
          all.found().stream()
              .filter(f -> f.facts().text("hostname").equals(Optional.of("pg3")))
              .findFirst()
              .orElseThrow();
      assertThat(all.upstream(third).flatMap(f -> f.facts().text("hostname"))).contains("pg2");
    }
  }

  @Test
  void whoDoesNotAnswerOrIsSomebodyElseIsSaidAndNotTakenIn() {
    Map<String, Found> there = cascade();
    there.remove("10.0.0.3:5432");
    Discovery silent = explored(there.get("pg1:5432"), there);
    assertThat(hosts(silent)).containsExactly("pg1", "pg2");
    assertThat(silent.lacking())
        .singleElement()
        .satisfies(
            m -> {
              assertThat(m.peer().name()).contains("pg3");
              assertThat(m.upstream()).isFalse();
              assertThat(m.why()).isEqualTo("no answer");
            });

    there.put(
        "10.0.0.3:5432",
        server("10.0.0.3", "other", "10.0.0.3", peers(Optional.of("8"), "", Optional.empty())));
    Discovery other = explored(there.get("pg1:5432"), there);
    assertThat(hosts(other)).containsExactly("pg1", "pg2");
    assertThat(other.lacking().get(0).why()).contains("10.0.0.3 port 5432 is another");
  }

  /** By a gateway's address the leader sees a follower that was asked by its own. */
  @Test
  void oneBehindAGatewayIsKnownByItsName() {
    Found pg1 =
        server(
            "pg1",
            "pg1",
            "10.0.0.1",
            peers(SHARED, "", Optional.empty(), sees("192.0.2.9", "pg2")));
    Found pg2 = server("pg2", "pg2", "10.0.0.2", peers(SHARED, "pg2", from("pg1", 5432)));
    Discovery all = explored(pg2, Map.of("pg1:5432", pg1));
    assertThat(hosts(all)).containsExactly("pg2", "pg1");
    assertThat(all.lacking()).isEmpty();
  }

  @Test
  void serversOfOneHostAreApartAndOneWhosePortNobodySaysIsSaid() {
    Found one =
        server("db", "db", "10.0.0.1", 5432, peers(SHARED, "", Optional.empty(), sees("", "two")));
    Found two = server("db", "db", "10.0.0.1", 5433, peers(SHARED, "two", from("127.0.0.1", 5432)));
    Discovery fromFollower = explored(two, Map.of("db:5432", one));
    assertThat(fromFollower.found()).extracting(Found::port).containsExactly(5433, 5432);
    assertThat(fromFollower.lacking()).isEmpty();

    Discovery fromLeader = explored(one, Map.of());
    assertThat(fromLeader.found()).hasSize(1);
    assertThat(fromLeader.lacking())
        .singleElement()
        .satisfies(m -> assertThat(m.why()).contains("nobody says at which port"));
  }

  /** MySQL's servers have names of their own, and an address that leads elsewhere is seen. */
  @Test
  void aNameOfItsOwnSaysMoreThanAnAddress() {
    Peer second =
        new Peer("10.0.0.2", OptionalInt.empty(), Optional.empty(), Optional.of("uuid-2"));
    Found one =
        server(
            "my1", "my1", "10.0.0.1", peers(Optional.of("uuid-1"), "", Optional.empty(), second));
    Optional<Peer> first =
        Optional.of(new Peer("my1", OptionalInt.of(5432), Optional.empty(), Optional.of("uuid-1")));
    Found two = server("x", "my2", "10.9.9.9", peers(Optional.of("uuid-2"), "", first));
    assertThat(hosts(explored(two, Map.of("my1:5432", one)))).containsExactly("my2", "my1");
    Found wrong = server("x", "my3", "10.0.0.2", peers(Optional.of("uuid-3"), "", first));
    Discovery other = explored(one, Map.of("10.0.0.2:5432", wrong));
    assertThat(hosts(other)).containsExactly("my1");
    assertThat(other.lacking()).hasSize(1);
  }

  /** Whoever leads the search on is not followed without end. */
  @Test
  void itEndsWhateverIsTold() {
    Discovery discovery =
        Discovery.from(
            server("h0", "h0", "10.0.0.1", peers(SHARED, "", Optional.empty(), sees("h1", "x"))));
    int asked = 0;
    for (Set<Endpoint> next = discovery.next(); !next.isEmpty(); next = discovery.next()) {
      Map<Endpoint, Discovery.Reply> replies = new LinkedHashMap<>();
      for (Endpoint at : next) {
        asked++;
        String more = "h" + (asked + 1);
        Peers peers = peers(SHARED, at.host(), from("nowhere", 1), sees(more, "x"));
        replies.put(
            at,
            new Discovery.Reply(
                Optional.of(server(at.host(), at.host(), "10.1.0." + asked, peers)), ""));
      }
      discovery = discovery.with(replies);
      assertThat(asked).isLessThan(1000);
    }
    assertThat(discovery.asked()).hasSizeLessThanOrEqualTo(500);
  }

  @Test
  void aHostIsDeclaredByANameThatLeadsToItElseByAnAddress() {
    Map<String, Found> there = cascade();
    Discovery all = explored(there.get("pg1:5432"), there);
    Map<String, Set<String>> lookups =
        Map.of("pg1", Set.of("10.0.0.1"), "pg2", Set.of("203.0.113.5"), "pg3", Set.of());
    assertThat(Naming.toLookUp(all)).containsExactlyInAnyOrder("pg1", "pg2", "pg3");
    assertThat(Naming.of(all, lookups))
        .extracting(n -> n.name() + " " + n.host())
        .containsExactly("pg1 pg1", "pg2 10.0.0.2", "pg3 10.0.0.3");
    Discovery alone =
        Discovery.from(
            server("db-alias", "DB1.example", "10.0.0.1", peers(SHARED, "", Optional.empty())));
    assertThat(Naming.of(alone, Map.of()))
        .singleElement()
        .satisfies(
            n -> {
              assertThat(n.name().value()).isEqualTo("db1");
              assertThat(n.host()).isEqualTo("db-alias");
              assertThat(n.doubt()).hasValueSatisfying(d -> assertThat(d).contains("decide: host"));
            });
  }
}

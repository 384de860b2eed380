package replctl.it.storm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import replctl.it.Replctl;
import replctl.it.probe.Client;
import replctl.it.probe.PsqlClient;
import replctl.it.site.PeerHosts;
import replctl.it.site.Site;

/** Hosts with PostgreSQL 17, and a peer of replctl's. */
final class PeerField extends PostgresqlServers {
  private final PeerHosts hosts;
  private final Peer peer;
  private boolean fresh = true;

  PeerField(PeerHosts hosts, Peer peer) {
    this.hosts = hosts;
    this.peer = peer;
  }

  @Override
  public String name() {
    return "PostgreSQL 17";
  }

  @Override
  public List<String> nodes() {
    return hosts.nodes();
  }

  @Override
  public void setUp() {
    if (!fresh) {
      hosts.wipe();
    }
    fresh = false;
    String script = script();
    String more = hosts.shell(PeerHosts.MONITOR, "set -- " + PeerHosts.MONITOR + "\n" + script);
    for (String node : hosts.nodes()) {
      hosts.shell(node, "set -- " + node + " " + more + "\n" + script);
      Site.await(node + " is up", () -> open(node).isPresent());
    }
    Site.await("one leads, all follow", this::isWhole);
    sql(hosts.nodes().get(0), "create table probe (id bigint primary key)");
    Site.await(peer.name() + " could replace a leader", peer::finished);
  }

  private boolean isWhole() {
    return nodes().stream().filter(n -> open(n).orElse(false)).toList().equals(List.of("pg1"))
        && nodes().stream().skip(1).allMatch(n -> follows(n, "pg1"));
  }

  /** How the peer is set up on a host, as its manual says. */
  private String script() {
    try {
      return Files.readString(Replctl.root().resolve("lab/peers/" + peer.script()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public String lab(String... words) {
    return hosts.lab(words);
  }

  @Override
  public Tool tool() {
    return peer;
  }

  @Override
  public Client.Door door(String node) {
    return PsqlClient.bySocket(hosts.psql(node), "postgres");
  }

  @Override
  String sql(String node, String text) {
    return hosts.sql(node, text);
  }

  @Override
  String shell(String node, String script) {
    return hosts.shell(node, script);
  }

  @Override
  public void close() {
    hosts.close();
  }
}

package replctl.playbooks.sim.postgresql;

import java.util.Map;
import java.util.Optional;
import replctl.playbooks.sim.CredentialTwins;
import replctl.playbooks.sim.SimTime;

/** A follower's walreceiver: it connects, is refused or streams, and reports. */
final class Receiver {
  private final SimPostgres own;
  private final PostgresNet net;
  private Optional<SimPostgres> connected = Optional.empty();
  private String conninfo = "";
  private Map<String, String> parts = Map.of();
  private String slot = "";
  private long nextTry;
  private long heard;
  private long nextPull;

  /** How long the link may hold the log back, in nanoseconds. */
  private long slow;

  private String trouble = "";

  Receiver(SimPostgres own, PostgresNet net) {
    this.own = own;
    this.net = net;
  }

  void tick() {
    if (own.promoting()) {
      return;
    }
    if (connected.isPresent() && !connected.get().sends()) {
      boolean gone = connected.get().process() == SimPostgres.Processes.NONE;
      if (gone || net.now() - heard > own.config().millis("wal_receiver_timeout") * SimTime.MS) {
        disconnect();
      }
      return;
    }
    if (connected.isEmpty() && net.now() >= nextTry) {
      connect();
    }
    if (connected.isPresent()) {
      SimPostgres upstream = connected.get();
      heard = net.now();
      if (net.now() < nextPull) {
        return;
      }
      nextPull = net.now() + net.dice().between(0, slow);
      int has = upstream.recovering() ? upstream.replayedEntries() : upstream.wal().size();
      own.wal().pull(upstream.wal(), has, 400);
    }
  }

  private void connect() {
    nextTry = net.now() + own.config().millis("wal_retrieve_retry_interval") * SimTime.MS;
    conninfo = own.config().get("primary_conninfo");
    parts = Conninfo.read(conninfo);
    slot = own.config().get("primary_slot_name");
    trouble = "";
    Optional<SimPostgres> upstream = part("host").flatMap(net::at);
    if (upstream.isEmpty()) {
      trouble = "no upstream";
    } else if (upstream.get() == own) {
      trouble = "it is set to follow itself";
    } else if (!upstream.get().answersSql() || !upstream.get().standing()) {
      trouble = "the upstream does not answer";
    } else if (!upstream.get().systemId().equals(own.systemId())) {
      trouble = "database system identifier differs";
    } else if (!upstream.get().letsIn(parts.getOrDefault("user", ""))) {
      trouble = "the login is refused";
    } else if (!PasswordTwins.mayLogIn(net, own.host(), upstream.get(), part("user").orElse(""))) {
      trouble = "password authentication failed";
    } else if (!trusts(upstream.get())) {
      trouble = "certificate verify failed";
    } else if (!slot.isEmpty() && !upstream.get().slots().containsKey(slot)) {
      trouble = "replication slot does not exist";
    } else if (!own.wal().continuesIn(upstream.get().wal())) {
      trouble = "requested timeline is not a child of this server's history";
    } else {
      connected = upstream;
      heard = net.now();
      slow = net.dice().oneIn(3) ? 0 : net.dice().between(1, 80) * SimTime.MS;
    }
  }

  /** By the authorities that lie here; nobody looks where there are none. */
  private boolean trusts(SimPostgres upstream) {
    String authorities = own.host().files().get(PgPaths.state(own.host()) + "/tls/ca.crt");
    return authorities == null
        || CredentialTwins.vouches(authorities, upstream.loadedCertificate());
  }

  /** Tells the upstream how far it is. */
  void report() {
    if (connected.isEmpty()) {
      return;
    }
    SimPostgres upstream = connected.get();
    upstream
        .senders()
        .heard(
            part("application_name").orElse("walreceiver"),
            new Senders.Sender(own, own.wal().end(), own.replayedTo(), net.now()));
    if (!slot.isEmpty()) {
      upstream.slots().computeIfPresent(slot, (name, held) -> own.wal().end());
    }
  }

  void reloaded() {
    boolean moved =
        !conninfo.equals(own.config().get("primary_conninfo"))
            || !slot.equals(own.config().get("primary_slot_name"));
    if (moved && own.recovering()) {
      disconnect();
      nextTry = net.now();
    }
  }

  void disconnect() {
    connected.ifPresent(u -> u.senders().gone(own));
    connected = Optional.empty();
  }

  /** A start: nothing was received yet. */
  void reset() {
    connected = Optional.empty();
    nextTry = net.now();
    trouble = "";
  }

  boolean streaming() {
    return connected.isPresent();
  }

  Optional<SimPostgres> upstream() {
    return connected;
  }

  String slot() {
    return slot;
  }

  /** When it was last sent anything, in virtual time. */
  long heard() {
    return heard;
  }

  /** Why it does not stream, as the server's log has it. */
  String trouble() {
    return trouble;
  }

  private Optional<String> part(String key) {
    return Optional.ofNullable(parts.get(key));
  }
}

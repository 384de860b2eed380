package replctl.playbooks.sim.mysql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import replctl.playbooks.sim.CredentialTwins;
import replctl.playbooks.sim.SimTime;

/**
 * A follower's default channel: a receiver that asks by GTID and fills the relay log, and an
 * applier that empties it. What was received and not applied is lost when the server ends
 * (relay_log_recovery), and when it is pointed elsewhere while both stand still.
 */
final class Channel {
  /** What a receiver says of itself. */
  enum Receiver {
    OFF,
    CONNECTING,
    ON
  }

  /** How long a connection may say nothing, in ns: replica_net_timeout. */
  static final long TIMEOUT = 10 * SimTime.SECOND;

  private static final long RETRY = SimTime.SECOND;

  /** Most transactions that come in one tick. */
  private static final int MOST = 400;

  private final SimMysql own;
  private final MysqlNet net;
  private final Deque<Txn> relay = new ArrayDeque<>();
  private final Set<Long> relayed = new HashSet<>();
  private Gtids received = new Gtids();
  private Receiver receiver = Receiver.OFF;
  private boolean applies;
  private boolean acknowledges;
  private boolean byFile;
  private Optional<SimMysql> from = Optional.empty();
  private String sourceUuid = "";
  private int session;
  private int place;
  private long nextTry;
  private long nextPull;
  private long heard;
  private int error;
  private String trouble = "";

  /** How long the link may hold the log back, in ns. */
  private long slow;

  /** In how many ticks the applier does something in one. */
  private int lazy = 1;

  Channel(SimMysql own, MysqlNet net) {
    this.own = own;
    this.net = net;
  }

  void tick() {
    if (receiver != Receiver.OFF) {
      receive();
    }
    if (applies) {
      apply();
    }
  }

  private void receive() {
    if (from.isPresent() && !isHeard()) {
      if (from.get().isGone(session) || net.now() - heard > TIMEOUT) {
        lost();
      }
      return;
    }
    if (from.isEmpty() && net.now() >= nextTry) {
      connect();
    }
    if (from.isPresent()) {
      heard = net.now();
      if (net.now() >= nextPull) {
        nextPull = net.now() + net.dice().between(0, slow);
        pull();
      }
    }
  }

  private boolean isHeard() {
    return from.get().sends(session) && net.linked(own, from.get());
  }

  private void connect() {
    nextTry = net.now() + RETRY;
    Data.Source source = own.data().source().orElseThrow();
    Optional<SimMysql> there = net.at(source.host());
    error = 2003;
    if (there.isEmpty() || !there.get().answersAfar() || !net.linked(own, there.get())) {
      trouble = source.host() + " does not answer";
      return;
    }
    SimMysql other = there.get();
    if (!own.gtid().suits(other.gtid())) {
      ended(13117, "gtid_mode is " + own.gtid().stage() + ", there " + other.gtid().stage());
    } else if (!byFile && own.gtid().stage() == GtidMode.Stage.OFF) {
      ended(1777, "it is to ask by GTID, and has none");
    } else if (other == own || other.uuid().equals(own.uuid())) {
      ended(13117, "both are the same server");
    } else if (!other.data().accounts().contains(source.account())) {
      error = 1045;
      trouble = "the login is refused";
    } else if (!other.data().letIn(source.account()).contains(own.data().password())) {
      error = 1045;
      trouble = "the password is refused";
    } else if (!trusts(other)) {
      error = 2026;
      trouble = "the certificate is nobody's that is known";
    } else if (!held().containsAll(other.data().purged())) {
      ended(13114, "the other one has purged what it lacks");
    } else if (!other.data().executed().containsAll(held().of(other))
        && !other.logged().containsAll(held().of(other))) {
      ended(13114, "it has more of the other one's transactions than that one itself");
    } else {
      error = 0;
      trouble = "";
      from = there;
      sourceUuid = other.uuid();
      session = other.session();
      acknowledges = own.acknowledges();
      place = other.data().begin();
      receiver = Receiver.ON;
      heard = net.now();
      slow = net.dice().oneIn(3) ? 0 : net.dice().between(1, 80) * SimTime.MS;
      lazy = net.dice().oneIn(3) ? 1 : (int) net.dice().between(1, 6);
    }
  }

  /** By the authorities that lie here; nobody looks where there are none. */
  private boolean trusts(SimMysql other) {
    String authorities = own.host().files().get(MyPaths.state(own.host()) + "/tls/ca.crt");
    return authorities == null
        || CredentialTwins.vouches(
            authorities,
            other
                .host()
                .files()
                .getOrDefault(MyPaths.state(other.host()) + "/tls/current/server.crt", ""));
  }

  private void ended(int number, String why) {
    receiver = Receiver.OFF;
    error = number;
    trouble = why;
  }

  private void pull() {
    SimMysql other = from.get();
    int end = Math.min(other.data().end(), place + MOST);
    for (; place < end; place++) {
      Txn txn = other.data().at(place);
      if (!own.data().executed().has(txn) && !received.has(txn)) {
        if (refuses(txn)) {
          ended(13114, "gtid_mode is " + own.gtid().stage() + ", and " + txn + " does not suit it");
          from = Optional.empty();
          return;
        }
        relay.add(txn);
        received.add(txn);
        if (txn.change() instanceof Txn.Write write) {
          relayed.add(write.id());
        }
      }
    }
    if (acknowledges) {
      other.heard(own.uuid(), place);
    }
  }

  /** By its name, or since it has none. */
  private boolean refuses(Txn txn) {
    return txn.anonymous()
        ? !byFile || own.gtid().stage() == GtidMode.Stage.ON
        : own.gtid().stage() == GtidMode.Stage.OFF;
  }

  private void apply() {
    if (own.isHeldUp() || !net.dice().oneIn(lazy)) {
      return;
    }
    for (int i = net.dice().below(12); i >= 0 && !relay.isEmpty(); i--) {
      own.apply(relay.remove());
    }
  }

  /** KILL of what sends to it: its connection ends, and it connects again. */
  void cut() {
    lost();
  }

  private void lost() {
    from = Optional.empty();
    receiver = Receiver.CONNECTING;
    error = 2003;
    trouble = "the connection was lost";
    nextTry = net.now() + RETRY;
  }

  // What statements do.

  /** START REPLICA IO_THREAD. */
  void startReceiver() {
    if (receiver == Receiver.OFF && own.data().source().isPresent()) {
      receiver = Receiver.CONNECTING;
      error = 0;
      nextTry = net.now();
    }
  }

  /** START REPLICA SQL_THREAD. */
  void startApplier() {
    applies = own.data().source().isPresent();
  }

  /** STOP REPLICA SQL_THREAD. */
  void pauseApplier() {
    applies = false;
  }

  /** START REPLICA. */
  void start() {
    startReceiver();
    startApplier();
  }

  /** STOP REPLICA IO_THREAD. */
  void stopReceiver() {
    receiver = Receiver.OFF;
    from = Optional.empty();
  }

  /** STOP REPLICA. */
  void stop() {
    stopReceiver();
    applies = false;
  }

  /** CHANGE REPLICATION SOURCE, its receiver stopped. */
  void point(Data.Source to) {
    byFile = false;
    if (!applies) {
      drop();
    }
    if (!own.data().source().equals(Optional.of(to))) {
      sourceUuid = "";
    }
    own.data().source(Optional.of(to));
    error = 0;
    trouble = "";
  }

  /** RESET REPLICA, both threads stopped. */
  void drop() {
    relay.clear();
    relayed.clear();
    received = new Gtids();
  }

  /** RESET REPLICA ALL. */
  void forget() {
    stop();
    drop();
    own.data().source(Optional.empty());
    sourceUuid = "";
  }

  /** Its server has ended: what it has received lies on its disk. */
  void ends() {
    stop();
  }

  /** Its server begins: nothing runs, and the relay log begins anew. */
  void reset() {
    stop();
    drop();
    error = 0;
    trouble = "";
  }

  /** It was set to receive by a log's name and position. */
  void byFile() {
    byFile = true;
  }

  // What is seen of it.

  /** Whether it asks by a log's name and position, and not by GTID. */
  boolean goesByFile() {
    return byFile;
  }

  /** All that its server has, applied or not. */
  Gtids held() {
    return own.data().executed().with(received);
  }

  /** Whether a client's write came here since its relay log began. */
  boolean holds(long write) {
    return relayed.contains(write);
  }

  Gtids received() {
    return received;
  }

  Receiver receiver() {
    return receiver;
  }

  boolean applies() {
    return applies;
  }

  /** Whether it stands: neither receives nor would. */
  boolean stands() {
    return receiver == Receiver.OFF;
  }

  Optional<SimMysql> from() {
    return from;
  }

  /** Whether it has said to the server that it receives from that it acknowledges. */
  boolean acknowledges() {
    return acknowledges && receiver == Receiver.ON;
  }

  String sourceUuid() {
    return sourceUuid;
  }

  /** When it last heard anything, in virtual time. */
  long heard() {
    return heard;
  }

  /** The number of the receiver's error; 0: none. */
  int error() {
    return error;
  }

  String trouble() {
    return trouble;
  }
}

package replctl.playbooks.sim.postgresql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.ParameterTwins;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimServer;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.Violation;
import replctl.playbooks.world.Trouble;

/**
 * A simulated PostgreSQL server: its processes, its log, pg_control, its parameters, what streams
 * from where. What the real one was seen to do where a switchover can go wrong is done here too.
 */
public final class SimPostgres implements SimServer, ParameterTwins.Server {
  /** Its processes. */
  enum Processes {
    NONE,
    STARTING,
    RUNNING,
    /** A fast stop: nobody is let in, and followers are sent the last of the log. */
    STOPPING
  }

  /**
   * A whole base backup that lies beside the data folder.
   *
   * @param auto what its postgresql.auto.conf says in the end
   */
  record Backup(
      String systemId,
      Wal wal,
      boolean checksums,
      long checkpoint,
      Set<String> roles,
      Map<String, String> base,
      Map<String, String> auto,
      Map<String, String> files) {
    static Backup of(SimPostgres source, Map<String, String> changes) {
      Map<String, String> auto = new TreeMap<>(source.config.auto());
      auto.putAll(changes);
      Map<String, String> files = new TreeMap<>(source.host.files());
      files.keySet().retainAll(Set.of(PgPaths.CONFIG, PgPaths.HBA_BLOCK));
      return new Backup(
          source.systemId.orElseThrow(),
          source.wal.copy(),
          source.checksums,
          source.control.checkpoint(),
          Set.copyOf(source.roles),
          Map.copyOf(source.config.base()),
          auto,
          files);
    }
  }

  private static final long BOOT = SimTime.SECOND;

  private final SimHost host;
  private final PostgresNet net;
  private final Config config = new Config();
  private final Senders senders = new Senders();
  private final Receiver receiver;
  private final BootGuard guard;
  private final Deque<WalEntry> waiting = new ArrayDeque<>();
  private final Map<String, Long> slots = new TreeMap<>();
  private final Set<String> roles = new TreeSet<>();
  private Optional<String> systemId = Optional.empty();
  private Optional<Backup> backup = Optional.empty();
  private Optional<Aside> aside = Optional.empty();
  private boolean bad;
  private String loadedAccess = "";
  private String loadedCertificate = "";
  private Processes process = Processes.NONE;
  private Control control = new Control("shut down", Wal.FIRST, 1);
  private Wal wal = Wal.fresh();
  private SyncRule rule = SyncRule.NONE;
  private int replayed;
  private boolean recovering;
  private boolean standbySignal;
  private boolean promoting;
  private boolean promoteFile;
  private boolean stopAsked;
  private boolean quitAsked;
  private boolean frozen;
  private boolean masked;
  private long until;
  private boolean checksums;
  private int starts;

  SimPostgres(SimHost host, PostgresNet net) {
    this.host = host;
    this.net = net;
    this.receiver = new Receiver(this, net);
    this.guard = new BootGuard(this, net);
  }

  @Override
  public ConfiguredParameters parameters() {
    return new ConfiguredParameters(config, this::reload);
  }

  // What the processes do as time passes.

  @Override
  public void tick() {
    guard.tick();
    if (frozen || process == Processes.NONE) {
      return;
    }
    if (quitAsked) {
      ended();
      return;
    }
    if (stopAsked) {
      beginStop();
    }
    if (process == Processes.STARTING) {
      if (net.now() >= until) {
        started();
      }
      return;
    }
    if (!senders.isEmpty()) {
      senders.dropOlderThan(net.now() - config.millis("wal_sender_timeout") * SimTime.MS);
    }
    if (process == Processes.STOPPING) {
      stopFurther();
      return;
    }
    if (recovering) {
      // The startup process takes the file away as it notices it, well before the server opens.
      promoteFile = false;
      receiver.tick();
      replay();
      receiver.report();
      if (promoting && net.now() >= until) {
        opened();
      }
    } else {
      acknowledge();
    }
  }

  private void started() {
    if (config.keepsFromStarting()) {
      process = Processes.NONE;
      return;
    }
    process = Processes.RUNNING;
    starts++;
    config.load();
    readFiles();
    recovering = standbySignal;
    if (recovering) {
      control = control.as("in archive recovery");
      replayed = Math.max(0, wal.size() - net.dice().below(4));
      receiver.reset();
    } else {
      if (!control.state().equals("shut down")) {
        control = new Control("in production", wal.append(0).start(), wal.timeline());
      }
      control = control.as("in production");
      replayed = wal.size();
    }
  }

  private void replay() {
    replayed = Math.min(wal.size(), replayed + 1 + net.dice().below(8));
  }

  private void opened() {
    replayed = wal.size();
    wal.fork();
    replayed = wal.size();
    promoting = false;
    recovering = false;
    standbySignal = false;
    control = control.as("in production");
    readRule();
  }

  private void stopFurther() {
    if (net.now() < until) {
      return;
    }
    if (!recovering && !control.state().equals("shut down")) {
      WalEntry checkpoint = wal.append(0);
      replayed = wal.size();
      control = new Control("shut down", checkpoint.start(), wal.timeline());
    } else if (recovering) {
      control = control.as("shut down in recovery");
      receiver.disconnect();
    }
    if (senders.allHave(wal.end())) {
      ended();
    }
  }

  private void ended() {
    process = Processes.NONE;
    promoting = false;
    promoteFile = false;
    stopAsked = false;
    quitAsked = false;
    receiver.disconnect();
    senders.clear();
    waiting.clear();
  }

  private void acknowledge() {
    if (waiting.isEmpty()) {
      return;
    }
    boolean applied = config.get("synchronous_commit").equals("remote_apply");
    long confirmed = rule.isNone() ? wal.end() : rule.confirmedTo(senders.confirmed(applied));
    while (!waiting.isEmpty() && waiting.peek().end() <= confirmed) {
      net.acknowledge(waiting.remove().write());
    }
  }

  private void readFiles() {
    readRule();
    loadedAccess = host.files().getOrDefault(PgPaths.HBA_BLOCK, "");
    loadedCertificate =
        host.files().getOrDefault(PgPaths.state(host) + "/tls/current/server.crt", "");
  }

  private void readRule() {
    rule = SyncRule.parse(config.get("synchronous_standby_names"));
  }

  // What is done to it.

  /** Makes an empty server, stopped. */
  void create(String identity, boolean withChecksums) {
    checksums = withChecksums;
    systemId = Optional.of(identity);
    wal = Wal.fresh();
    control = new Control("shut down", Wal.FIRST, 1);
  }

  /** What lies beside the data folder. */
  void backup(Optional<Backup> whole) {
    backup = whole;
  }

  /** The backup becomes the data, its configuration files with it. */
  void placeBackup() {
    if (backup.isEmpty()) {
      return;
    }
    Backup whole = backup.get();
    backup = Optional.empty();
    systemId = Optional.of(whole.systemId());
    wal = whole.wal();
    checksums = whole.checksums();
    control = new Control("in production", whole.checkpoint(), wal.timeline());
    roles.clear();
    roles.addAll(whole.roles());
    slots.clear();
    config.base().clear();
    config.base().putAll(whole.base());
    config.auto().clear();
    config.auto().putAll(whole.auto());
    host.files().putAll(whole.files());
    config.included(whole.files().getOrDefault(PgPaths.CONFIG, ""));
    standbySignal = true;
  }

  /** What a data folder holds that was renamed. */
  record Aside(Optional<String> systemId, Wal wal, Control control, boolean standby, boolean bad) {}

  /** Renames the data folder. */
  void setAside() {
    if (systemId.isPresent()) {
      aside = Optional.of(new Aside(systemId, wal, control, standbySignal, bad));
      systemId = Optional.empty();
      standbySignal = false;
      bad = false;
    }
  }

  /** Renames it back. */
  void putBack() {
    aside.ifPresent(
        a -> {
          systemId = a.systemId();
          wal = a.wal();
          control = a.control();
          standbySignal = a.standby();
          bad = a.bad();
        });
    aside = Optional.empty();
  }

  Optional<Aside> aside() {
    return aside;
  }

  /** A single-user server recovers it, and it is made a follower. */
  void recoverAlone() {
    if (!control.state().startsWith("shut down")) {
      wal.append(0);
      control = new Control("shut down", wal.get(wal.size() - 1).start(), wal.timeline());
    }
    standbySignal = true;
  }

  /** A rewind has begun to change pages: what lies there is no server's data. */
  void breakData() {
    bad = true;
  }

  /** It has what it and the other had in common, whole again. */
  void rewind(Wal other) {
    Wal common = wal.upToFork(other);
    wal = common;
    control =
        new Control(
            "in archive recovery", common.get(common.size() - 1).start(), common.timeline());
    slots.clear();
    bad = false;
    standbySignal = true;
  }

  /** Takes the data away. */
  void remove() {
    systemId = Optional.empty();
  }

  void start(long takes) {
    if (bad) {
      throw new Violation(host.name() + " is started on data that a rewind left half changed");
    }
    guard.end();
    if (process == Processes.NONE && systemId.isPresent()) {
      process = Processes.STARTING;
      until = net.now() + takes;
    }
  }

  /** SIGINT to the postmaster; frozen processes notice when they go on. */
  void stopFast() {
    stopAsked = true;
    if (standing()) {
      beginStop();
    }
  }

  private void beginStop() {
    stopAsked = false;
    if (process == Processes.STARTING) {
      ended();
    } else if (process == Processes.RUNNING) {
      process = Processes.STOPPING;
      promoting = false;
      waiting.clear();
      until = net.now() + net.dice().between(2, 30) * SimTime.MS;
    }
  }

  /** SIGQUIT to the postmaster, or a kill of all processes. */
  void stopImmediate() {
    if (process != Processes.NONE) {
      quitAsked = true;
      if (standing()) {
        ended();
      }
    }
  }

  /** Also those that stand still end. */
  @Override
  public void killed() {
    if (process != Processes.NONE) {
      ended();
    }
  }

  /** pg_promote: the server is asked, and opens a little later. */
  void promote() {
    if (process == Processes.RUNNING && recovering && !promoting) {
      promoting = true;
      promoteFile = true;
      receiver.disconnect();
      until = net.now() + net.dice().between(5, net.dice().oneIn(3) ? 3_000 : 60) * SimTime.MS;
    }
  }

  @Override
  public void powerLost() {
    guard.end();
    killed();
    frozen = false;
  }

  /**
   * The service manager starts it, unless its unit is masked; where one is there, a guard first.
   */
  @Override
  public void booted() {
    if (masked || systemId.isEmpty()) {
      return;
    }
    long takes = BOOT + net.dice().between(0, 500) * SimTime.MS;
    if (guard.isInstalled()) {
      guard.begin(net.now() + takes);
    } else {
      start(takes);
    }
  }

  /** systemctl mask and unmask. */
  void masked(boolean wanted) {
    masked = wanted;
    if (wanted) {
      guard.end();
    }
  }

  @Override
  public boolean shows(String certificate) {
    return !answersSql()
        || !config.get("ssl").equals("on")
        || loadedCertificate.equals(certificate);
  }

  @Override
  public void loses() {
    receiver.disconnect();
  }

  @Override
  public void readsCertificate() {
    reload();
  }

  @Override
  public boolean isMasked() {
    return masked;
  }

  void reload() {
    if (process == Processes.RUNNING) {
      config.reload();
      readFiles();
      receiver.reloaded();
    }
  }

  void checkpoint() {
    if (open()) {
      control = new Control("in production", wal.append(0).start(), wal.timeline());
      replayed = wal.size();
    }
  }

  /** A statement that writes, with synchronous_commit = local: an account, a row. */
  WalEntry statement() {
    WalEntry entry = wal.append(0);
    replayed = wal.size();
    return entry;
  }

  @Override
  public void freeze(boolean wanted) {
    frozen = wanted;
  }

  void standbySignal(boolean wanted) {
    standbySignal = wanted;
  }

  // What is seen of it.

  @Override
  public boolean open() {
    return process == Processes.RUNNING && !recovering;
  }

  @Override
  public boolean answers() {
    return open() && !frozen;
  }

  /** Whether a local session gets answers. */
  @Override
  public boolean answersSql() {
    return process == Processes.RUNNING && !frozen;
  }

  /** Whether it sends its log to followers. */
  boolean sends() {
    return (process == Processes.RUNNING || process == Processes.STOPPING) && standing();
  }

  /** Whether neither its processes nor its host are frozen. */
  boolean standing() {
    return !frozen && !host.frozen();
  }

  @Override
  public void write(long id) {
    WalEntry entry = wal.append(id);
    replayed = wal.size();
    if (rule.isNone()) {
      net.acknowledge(id);
    } else {
      waiting.add(entry);
    }
  }

  @Override
  public boolean holds(long write) {
    return wal.holds(write);
  }

  @Override
  public Set<Long> writes() {
    return wal.writes();
  }

  @Override
  public boolean follows(SimServer leader) {
    return process == Processes.RUNNING
        && recovering
        && receiver.streaming()
        && receiver.upstream().map(u -> u == leader || u.follows(leader)).orElse(false)
        && leader instanceof SimPostgres other
        && wal.isPrefixOf(other.wal);
  }

  @Override
  public boolean hasProcess() {
    return process != Processes.NONE;
  }

  @Override
  public String trouble() {
    return process + " " + receiver.trouble();
  }

  @Override
  public boolean divergesUnnoticed(SimServer leader) {
    return receiver.streaming()
        && leader instanceof SimPostgres other
        && !wal.isPrefixOf(other.wal);
  }

  @Override
  public void checkIdentity(Job job) {
    Optional<String> expected = job.given("identity");
    if (expected.isPresent() && systemId.isEmpty()) {
      throw job.refuse(
          Trouble.WRONG_IDENTITY, "cannot tell which cluster this node's data belongs to");
    }
    if (expected.isPresent() && !expected.equals(systemId)) {
      throw job.refuse(
          Trouble.WRONG_IDENTITY,
          "this node's data belongs to cluster "
              + systemId.orElseThrow()
              + ", not to "
              + expected.get());
    }
  }

  @Override
  public String state() {
    return String.join(
        "\n",
        systemId.toString(),
        process.toString(),
        "recovering " + recovering,
        "standby.signal " + standbySignal,
        "masked " + masked,
        "timeline " + wal.timeline(),
        "slots " + slots.keySet(),
        "roles " + roles,
        config.text(),
        host.files().toString());
  }

  SimHost host() {
    return host;
  }

  Config config() {
    return config;
  }

  Senders senders() {
    return senders;
  }

  Receiver receiver() {
    return receiver;
  }

  /** Slots, with the position that each holds the log from. */
  Map<String, Long> slots() {
    return slots;
  }

  Set<String> roles() {
    return roles;
  }

  Optional<String> systemId() {
    return systemId;
  }

  Processes process() {
    return process;
  }

  Control control() {
    return control;
  }

  Wal wal() {
    return wal;
  }

  int replayedEntries() {
    return replayed;
  }

  /** Where replay has come to. */
  long replayedTo() {
    return wal.endOf(replayed);
  }

  boolean recovering() {
    return recovering;
  }

  boolean promoting() {
    return promoting;
  }

  /** Whether the promotion that was asked for has not been noticed yet. */
  boolean promoteFile() {
    return promoteFile;
  }

  boolean hasStandbySignal() {
    return standbySignal;
  }

  boolean isFrozen() {
    return frozen;
  }

  String loadedAccess() {
    return loadedAccess;
  }

  String loadedCertificate() {
    return loadedCertificate;
  }

  /** Whether a login over the network succeeds; of a role of others, by a rule of theirs. */
  boolean letsIn(String role) {
    boolean ours = role.startsWith("replctl");
    return roles.contains(role)
        && (!ours || (!loadedAccess.isEmpty() && !loadedCertificate.isEmpty()));
  }

  boolean slotIsActive(String slot) {
    return senders.byName().values().stream()
        .anyMatch(s -> s.follower().receiver().slot().equals(slot));
  }

  boolean checksums() {
    return checksums;
  }

  @Override
  public int starts() {
    return starts;
  }

  int waitingCommits() {
    return waiting.size();
  }
}

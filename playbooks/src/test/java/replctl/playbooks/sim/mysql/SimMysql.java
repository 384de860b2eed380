package replctl.playbooks.sim.mysql;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.ParameterTwins;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimServer;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.world.Trouble;

/**
 * A simulated MySQL server: its processes, its log and data, what its commits wait for, whether it
 * is closed to writes, and its channel. What 9.7.4 was seen to do where a change of leaders can go
 * wrong is done here too.
 */
final class SimMysql implements SimServer, ParameterTwins.Server {
  /** Its processes. */
  enum Processes {
    NONE,
    STARTING,
    RUNNING,
    /** A shutdown: nobody is let in. */
    STOPPING
  }

  private static final long BOOT = SimTime.SECOND;
  private static final Pattern SERVER_ID = Pattern.compile("(?m)^server_id = (\\d+)$");

  private final SimHost host;
  private final MysqlNet net;
  private final String uuid;
  private final int id;
  private final Commits commits;
  private final Channel channel;
  private final GuardBeside guard;
  private final GtidMode gtid = new GtidMode();
  private final Variables variables = new Variables();
  private Optional<Data> data = Optional.empty();
  private String noted = "";
  private Processes process = Processes.NONE;
  private boolean readOnly;
  private boolean superReadOnly;
  private boolean closing;
  private boolean scheduler;
  private boolean acknowledges;
  private boolean stopAsked;
  private boolean frozen;
  private boolean masked;
  private int session;
  private int starts;
  private long until;
  private long closesBy;
  private Optional<Statements> opens = Optional.empty();

  SimMysql(SimHost host, MysqlNet net, int id) {
    this.host = host;
    this.net = net;
    this.id = id;
    this.uuid = "00000000-0000-0000-0000-00000000000" + id;
    this.commits = new Commits(net::now);
    this.channel = new Channel(this, net);
    this.guard = new GuardBeside(this, net);
  }

  // What the processes do as time passes.

  @Override
  public void tick() {
    if (!frozen && process != Processes.NONE) {
      work();
    }
    guard.tick();
  }

  private void work() {
    if (stopAsked) {
      beginStop();
    }
    switch (process) {
      case STARTING -> {
        if (net.now() >= until) {
          started();
        }
      }
      case STOPPING -> {
        if (net.now() >= until) {
          ended();
        }
      }
      case RUNNING -> {
        commits.tick(data());
        if (closing) {
          closeFurther();
        }
        channel.tick();
      }
      case NONE -> {}
    }
  }

  private void started() {
    process = Processes.RUNNING;
    session++;
    data().recover();
    variables.load();
    commits.reset();
    channel.reset();
    gtid.begins(host.files().getOrDefault(MyPaths.OPTIONS, ""));
    boolean closed = startsClosed();
    readOnly = closed;
    superReadOnly = closed;
    closing = false;
    scheduler = !closed;
    acknowledges = host.files().getOrDefault(MyPaths.OPTIONS, "").contains("replica_enabled = ON");
  }

  private void ended() {
    data.ifPresent(Data::recover);
    process = Processes.NONE;
    stopAsked = false;
    closing = false;
    commits.forget();
    channel.ends();
    guard.end();
  }

  @Override
  public Variables parameters() {
    return variables;
  }

  // What is done to it.

  /** Puts data there; it is stopped. */
  void place(Optional<Data> its) {
    data = its;
  }

  /** Its process is begun: by its unit, or an operation. */
  void start(long takes) {
    if (process == Processes.NONE && data.isPresent()) {
      process = Processes.STARTING;
      starts++;
      until = net.now() + takes;
      guard.begin(net.now() + takes);
    }
  }

  /** SIGTERM; frozen processes notice when they go on. */
  void stop() {
    stopAsked = process != Processes.NONE;
    if (stopAsked && !frozen) {
      beginStop();
    }
  }

  private void beginStop() {
    stopAsked = false;
    if (process == Processes.STARTING) {
      ended();
    } else if (process == Processes.RUNNING) {
      process = Processes.STOPPING;
      closing = false;
      // Clients whose commits wait are told that the connection was lost.
      commits.forget();
      until = net.now() + net.dice().between(800, 3_500) * SimTime.MS;
    }
  }

  /** Also processes that stand still end. */
  @Override
  public void killed() {
    if (process != Processes.NONE) {
      ended();
    }
  }

  @Override
  public void powerLost() {
    killed();
    frozen = false;
  }

  /** The service manager starts it, unless its unit is masked; its guard stands beside it. */
  @Override
  public void booted() {
    if (!masked) {
      start(BOOT + net.dice().between(0, 500) * SimTime.MS);
    }
  }

  /** systemctl mask and unmask. */
  void masked(boolean wanted) {
    masked = wanted;
  }

  @Override
  public void freeze(boolean wanted) {
    frozen = wanted;
  }

  /** A transaction of its own server; it is committed as soon as it need not wait any more. */
  void commit(Txn.Change change, Runnable done) {
    data().append(new Txn(uuid, data().next(uuid), change, gtid.isAnonymous()));
    commits.begin(data(), done);
  }

  /** The same of one that waits for nobody. */
  void commit(Txn.Change change) {
    commit(change, () -> {});
  }

  /** A transaction that another server made, by whatever way it came. */
  void apply(Txn txn) {
    if (!data().executed().has(txn)) {
      data().append(txn);
      commits.begin(data(), () -> {});
    }
  }

  /** A follower has its log to there. */
  void heard(String follower, int end) {
    commits.heard(follower, end, data());
  }

  /** SET GLOBAL super_read_only: it takes read_only along when it is switched on. */
  void superReadOnly(boolean wanted) {
    superReadOnly = wanted;
    readOnly |= wanted;
    closing = false;
  }

  /** SET GLOBAL read_only: it takes super_read_only along when it is switched off. */
  void readOnly(boolean wanted) {
    readOnly = wanted;
    superReadOnly &= wanted;
  }

  /**
   * SET GLOBAL super_read_only = 1: it waits for commits that wait, no longer than
   * lock_wait_timeout, and new writes wait behind it. Whoever has said so may be gone when it comes
   * to its end.
   */
  void close(long limit) {
    closing = true;
    closesBy = net.now() + limit;
    closeFurther();
  }

  private void closeFurther() {
    if (commits.waiting() == 0) {
      superReadOnly(true);
    } else if (net.now() >= closesBy) {
      closing = false;
    }
  }

  /** Whether a session waits to close it. */
  boolean isClosing() {
    return closing;
  }

  void scheduler(boolean wanted) {
    scheduler = wanted;
  }

  /** A session's statements that are to open it. */
  void opens(Statements sent) {
    opens = Optional.of(sent);
  }

  /** Whether a session is there that was to open it. */
  boolean hasOpener() {
    return net.endsOpeners() && opens.filter(s -> !s.over()).isPresent();
  }

  /** Ends the sessions of scripts that were to open it, which may have outlived these. */
  void endOpeners() {
    if (net.endsOpeners()) {
      opens.ifPresent(Statements::end);
    }
  }

  /** part/pristine.sh: whether nobody has made anything here. */
  boolean isPristine() {
    return data().identity().isEmpty() && data().accounts().isEmpty() && data().source().isEmpty();
  }

  boolean runs() {
    return process == Processes.RUNNING;
  }

  /** What the last script that asked has noted of its data. */
  void note(String identity) {
    noted = identity;
  }

  // What is seen of it.

  @Override
  public boolean open() {
    return process == Processes.RUNNING && !readOnly;
  }

  /** What commits are to wait for is set before it opens, never after. */
  @Override
  public String unready() {
    String asked = host.files().getOrDefault(MyPaths.state(host) + "/" + SemiSync.FILE, "");
    return SemiSync.of(asked).isSet(this) ? "" : "its commits do not wait as they must";
  }

  @Override
  public boolean answers() {
    return open() && !frozen && !closing;
  }

  /** Whether a local session gets answers. */
  @Override
  public boolean answersSql() {
    return process == Processes.RUNNING && !frozen;
  }

  /** Whether a connection from another host does. */
  boolean answersAfar() {
    return answersSql() && !host.frozen();
  }

  /** Whether that connection's dump thread still sends. */
  boolean sends(int begun) {
    return answersAfar() && session == begun;
  }

  /** Whether the other end of a connection is known to be gone: its kernel says so. */
  boolean isGone(int begun) {
    boolean host = this.host.powered() && this.host.linked() && !this.host.frozen();
    return host && (process == Processes.NONE || process == Processes.STARTING || session != begun);
  }

  /** Which of its processes' lives this is. */
  int session() {
    return session;
  }

  @Override
  public void write(long writeId) {
    commit(new Txn.Write(writeId), () -> net.acknowledge(writeId));
  }

  @Override
  public Set<Long> writes() {
    return data.map(Data::writes).orElse(Set.of());
  }

  @Override
  public int starts() {
    return starts;
  }

  @Override
  public boolean holds(long write) {
    return data.filter(d -> d.holds(write)).isPresent() || channel.holds(write);
  }

  /** Everything that its log has, committed or not. */
  Gtids logged() {
    Gtids all = data().purged().copy();
    for (int place = data().begin(); place < data().end(); place++) {
      all.add(data().at(place));
    }
    return all;
  }

  @Override
  public boolean follows(SimServer leader) {
    return process == Processes.RUNNING
        && superReadOnly
        && channel.receiver() == Channel.Receiver.ON
        && channel.applies()
        && channel.from().filter(f -> f == leader || f.follows(leader)).isPresent()
        && !divergesUnnoticed(leader);
  }

  @Override
  public boolean divergesUnnoticed(SimServer leader) {
    return process == Processes.RUNNING
        && channel.receiver() == Channel.Receiver.ON
        && leader instanceof SimMysql other
        && !other.logged().containsAll(channel.held());
  }

  @Override
  public boolean hasProcess() {
    return process != Processes.NONE;
  }

  @Override
  public String trouble() {
    return process
        + (superReadOnly ? " closed" : readOnly ? " half open" : " open")
        + " receiver "
        + channel.receiver()
        + " applier "
        + channel.applies()
        + " from "
        + data.flatMap(Data::source)
        + " "
        + channel.trouble();
  }

  /** lib.sh, identity. */
  @Override
  public void checkIdentity(Job job) {
    Optional<String> expected = job.given("identity");
    if (expected.isEmpty()) {
      return;
    }
    String own = identity();
    if (own.isEmpty()) {
      throw job.refuse(
          Trouble.WRONG_IDENTITY, "cannot tell which cluster this node's data belongs to");
    }
    if (!expected.get().equals(own)) {
      throw job.refuse(
          Trouble.WRONG_IDENTITY,
          "this node's data belongs to cluster " + own + ", not to " + expected.get());
    }
  }

  private String identity() {
    if (!answersSql()) {
      return data.isPresent() ? noted : "";
    }
    if (data().identity().isPresent()) {
      noted = data().identity().get();
      return noted;
    }
    return channel.sourceUuid().isEmpty() ? uuid : channel.sourceUuid();
  }

  @Override
  public String state() {
    return String.join(
        "\n",
        process.toString(),
        "closed " + superReadOnly + " " + readOnly,
        "scheduler " + scheduler,
        "gtid_mode " + gtid.stage() + " " + gtid.consistent(),
        "masked " + masked,
        "waits " + commits.enabled() + " " + commits.needed() + " " + commits.timeoutMs(),
        data.map(d -> d.source() + " " + d.accounts() + " " + d.identity() + " " + d.epochs())
            .orElse("no data"),
        "receives " + (channel.receiver() != Channel.Receiver.OFF) + " " + channel.applies(),
        host.files().toString());
  }

  /** part/closed.sh: what its options say it is when it is started. */
  boolean startsClosed() {
    return host.files().entrySet().stream()
        .filter(file -> file.getKey().startsWith(MyPaths.CONFIG))
        .anyMatch(file -> file.getValue().contains("super_read_only = ON"));
  }

  /**
   * Whether its applier waits for followers that it does not have: where the source's side of
   * semi-synchronous replication is on, what it applies waits as clients' commits do.
   */
  boolean isHeldUp() {
    return commits.waits() && commits.waiting() > 0;
  }

  /** How many receive from it whose word counts. */
  long clients() {
    return net.receivers(this).stream().filter(SimMysql::saysThatItAcknowledges).count();
  }

  /** Whether it is connected as one that acknowledges: it says so when it connects. */
  boolean saysThatItAcknowledges() {
    return channel.acknowledges();
  }

  /** Whether it will acknowledge once it connects. */
  boolean acknowledges() {
    return acknowledges;
  }

  void acknowledges(boolean wanted) {
    acknowledges = wanted;
  }

  String uuid() {
    return uuid;
  }

  int id() {
    return id;
  }

  /** By its options; its own where they say nothing. */
  String serverId() {
    Matcher given = SERVER_ID.matcher(host.files().getOrDefault(MyPaths.OPTIONS, ""));
    return given.find() ? given.group(1) : Integer.toString(id);
  }

  SimHost host() {
    return host;
  }

  boolean hasData() {
    return data.isPresent();
  }

  Data data() {
    return data.orElseThrow();
  }

  Commits commits() {
    return commits;
  }

  @Override
  public void loses() {
    if (!channel.stands()) {
      channel.cut();
    }
  }

  Channel channel() {
    return channel;
  }

  GtidMode gtid() {
    return gtid;
  }

  GuardBeside guard() {
    return guard;
  }

  Processes process() {
    return process;
  }

  boolean isReadOnly() {
    return readOnly;
  }

  boolean isSuperReadOnly() {
    return superReadOnly;
  }

  boolean hasScheduler() {
    return scheduler;
  }

  boolean isFrozen() {
    return frozen;
  }

  @Override
  public boolean isMasked() {
    return masked;
  }

  String noted() {
    return noted;
  }
}

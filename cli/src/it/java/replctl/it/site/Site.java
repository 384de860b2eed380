package replctl.it.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import replctl.it.Replctl;
import replctl.it.probe.ProbeProcess;

/**
 * Three nodes, pg1 to pg3, and an operator beside them: on this machine, or hosts of the lab. Tests
 * say what happens; a site knows how that is done there.
 */
public abstract class Site implements AutoCloseable {
  private static final String APP = "app";

  /** Characters of a log or a journal that are shown where a test failed: its end. */
  private static final int SHOWN = 6000;

  /** What the nodes' inventory asks for unless a test asks for something else. */
  public static final String SEMI_SYNC = "{mode: semi-sync, acks: 1, on_lost_sync: block}";

  /** A look may take as long as a machine that does other things besides needs. */
  protected static final List<String> PATIENCE = List.of("--timeout", "20s");

  /** The operator's folder: home, and state. */
  protected final Path home;

  /** The value of {@code replication} in the inventory. */
  private String replication = SEMI_SYNC;

  private final Map<String, NodeShell> shells = new ConcurrentHashMap<>();

  /** Whether clients were let in since the nodes were wiped. */
  private boolean clients;

  protected Site(Path home) {
    this.home = home;
  }

  /** For messages: local or lab. */
  public abstract String name();

  public List<String> nodes() {
    return List.of("pg1", "pg2", "pg3");
  }

  /** Asks for another durability from now on; it is init that brings it about. */
  public void replication(String value) {
    replication = value;
    write(inventory());
  }

  protected final String replication() {
    return replication;
  }

  /** The inventory as it is to be now. */
  protected abstract String inventory();

  /** Where {@link #replctl} looks for it. */
  protected abstract Path inventoryFile();

  /** The operator edits the inventory. */
  public final void write(String inventory) {
    try {
      Files.writeString(inventoryFile(), inventory);
      Files.setPosixFilePermissions(inventoryFile(), PosixFilePermissions.fromString("rw-------"));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** The operator's launcher, with inventory and state. */
  public abstract Replctl replctl();

  /** The same cluster from the seat of somebody who knows of no operation yet. */
  public final Replctl anotherOperator() {
    return replctl().with("XDG_STATE_HOME", home.resolve("another").toString());
  }

  /** Takes every node back to a host with PostgreSQL's package and nothing else. */
  protected abstract void wipeNodes();

  /** Runs a script as root (or whoever owns the servers) where the node is. */
  public final String shell(String node, String script) {
    return there(node, Who.ROOT, List.of("bash", "-c", script));
  }

  /** Asks or tells a node's server, as its owner, on its own socket. */
  public final String sql(String node, String text) {
    return there(node, Who.OWNER, psql(node, text));
  }

  /** As whom something is done on a node. */
  protected enum Who {
    /** Who may do all that is needed there. */
    ROOT,
    /** The server's OS user. */
    OWNER
  }

  private String there(String node, Who who, List<String> command) {
    NodeShell shell =
        shells.compute(
            who + " " + node,
            (name, old) ->
                old != null && old.isAlive()
                    ? old
                    : NodeShell.start(on(node, who, List.of("bash"))));
    return Shell.out(command, shell.end(command));
  }

  /** The command that runs these words where the node is. */
  protected abstract List<String> on(String node, Who who, List<String> words);

  /** The words with which a node's server is asked there. */
  protected abstract List<String> psql(String node, String text);

  /** Begins statements on a node's server that go on beside the test. */
  public BusySession busy(String node, String statements) {
    return BusySession.start(on(node, Who.OWNER, psql(node, statements)));
  }

  /** Host and port, as a client beside the operator reaches it. */
  public abstract String address(String node);

  /** Nothing there answers any more; nothing is closed. */
  public abstract void freeze(String node);

  public abstract void thaw(String node);

  /** How a program is started beside the operator. */
  protected abstract List<String> beside();

  /** Lets clients log in from where the probe runs. */
  protected abstract void admitClients(String node);

  /** Nodes as {@link #wipeNodes} leaves them, and an operator who knows of nothing. */
  public void wipe() {
    forget();
    wipeNodes();
    delete(home);
    try {
      Files.createDirectories(home);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** The nodes are no longer what they were. */
  protected final void forget() {
    clients = false;
  }

  /**
   * A cluster, semi-synchronous, in which all follow one: the one that is there and whole, whoever
   * leads it, or a new one that pg1 leads.
   */
  public void ready() {
    boolean other = !replication.equals(SEMI_SYNC);
    replication(SEMI_SYNC);
    List<String> leaders = leaders();
    boolean whole = leaders.size() == 1 && allFollow(leaders.get(0)) && unfinished().isEmpty();
    if (!whole) {
      begin();
    } else if (other) {
      init();
    }
  }

  /** A cluster as init makes it of nodes on which there is nothing. */
  protected void begin() {
    wipe();
    init();
  }

  private void init() {
    replctl().run("init", "--yes").exits(0);
    awaitFollowers(leaders().get(0));
  }

  /** The same, led by this node. */
  public void ready(String leader) {
    ready();
    if (!leaders().equals(List.of(leader))) {
      replctl().run("switchover", "--to", leader, "--yes").exits(0);
      awaitFollowers(leader);
    }
  }

  /** An account, a database and access for clients. */
  private void addClients() {
    String leader = leaders().get(0);
    if (sql(leader, "select 1 from pg_roles where rolname = 'app'").isEmpty()) {
      sql(leader, "create role app login password 'app'");
      sql(leader, "create database app owner app");
    }
    nodes().forEach(this::admitClients);
    clients = true;
  }

  /** Starts a client that writes. */
  public ProbeProcess writes() {
    if (!clients) {
      addClients();
    }
    Map<String, String> addresses = new TreeMap<>();
    nodes().forEach(node -> addresses.put(node, address(node)));
    return ProbeProcess.start(
        beside(),
        home.resolve("writes.log"),
        addresses,
        Map.of("PGDATABASE", APP, "PGUSER", APP, "PGPASSWORD", APP));
  }

  /** Nodes whose server answers and is not in recovery. */
  public List<String> leaders() {
    return nodes().stream().filter(n -> answers(n, "select pg_is_in_recovery()", "f")).toList();
  }

  /** Whether a server answers that; one that does not answer at all does not. */
  protected final boolean answers(String node, String question, String answer) {
    return answer(node, question).equals(answer);
  }

  private String answer(String node, String question) {
    return answer(() -> sql(node, question));
  }

  private static String answer(Supplier<String> asked) {
    try {
      return asked.get();
    } catch (AssertionError silent) {
      return "";
    }
  }

  /** Whether all others stream from the leader, by its word and by theirs. */
  public boolean allFollow(String leader) {
    List<String> followers = nodes().stream().filter(n -> !n.equals(leader)).sorted().toList();
    String others = String.join(",", followers);
    // A leader goes on naming one whose host lost its power.
    return followers.stream()
            .allMatch(n -> answer(n, "select status from pg_stat_wal_receiver").equals("streaming"))
        && answer(
                leader,
                "select string_agg(application_name, ',' order by application_name)"
                    + " from pg_stat_replication where state = 'streaming'")
            .equals(others);
  }

  /**
   * Waits until all others stream from the leader; fails after a minute, and says what there is.
   */
  public void awaitFollowers(String leader) {
    await("all follow " + leader, () -> allFollow(leader), this::asSeen);
  }

  /** What each node says of its part, for whoever reads why a test failed. */
  private String asSeen() {
    StringBuilder all = new StringBuilder(replctl().run("status").out());
    List<Path> journals = journals();
    for (Path journal : journals.subList(Math.max(0, journals.size() - 2), journals.size())) {
      all.append('\n').append(end(lines(journal)));
    }
    for (String node : nodes()) {
      all.append(node).append(": in recovery ").append(answer(node, "select pg_is_in_recovery()"));
      for (String view : List.of("pg_stat_wal_receiver", "pg_stat_replication")) {
        all.append("\n  ").append(view).append(": ");
        all.append(answer(node, "select to_jsonb(v) - 'conninfo' from " + view + " v"));
      }
      all.append("\n  ").append(end(answer(() -> serverLog(node)))).append('\n');
    }
    return all.toString();
  }

  private static String end(String text) {
    return text.substring(Math.max(0, text.length() - SHOWN));
  }

  /** A condition that tests wait for. */
  public interface Condition {
    boolean holds();
  }

  /**
   * Asks every 100 ms; fails after a minute. Each question is a row of processes: asked more often,
   * the tests would take the time from what they wait for.
   */
  public static void await(String what, Condition condition) {
    await(what, condition, () -> "");
  }

  private static void await(String what, Condition condition, Supplier<String> seen) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!condition.holds()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within a minute: " + what + "\n" + seen.get());
      }
      LockSupport.parkNanos(100_000_000);
    }
  }

  /** Operations that did not end. */
  public List<String> unfinished() {
    return operations().unfinished();
  }

  /** The journals, oldest first. */
  public List<Path> journals() {
    return operations().journals();
  }

  /** The text of a journal, or none where it is not there. */
  public static String lines(Path file) {
    return Operations.lines(file);
  }

  /**
   * Kills replctl once the journal of its operation has that many lines; whether it still ran then.
   */
  public boolean killAtLine(Replctl.Running running, List<Path> before, int lines) {
    return operations().killAtLine(running, before, lines);
  }

  /**
   * Sends replctl a signal once the journal of its operation says so; whether it still ran then.
   *
   * @param signal INT, TERM or HUP
   */
  public boolean signalWhen(
      Replctl.Running running, List<Path> before, Predicate<String> journal, String signal) {
    return operations().signalWhen(running, before, journal, signal);
  }

  /** What the operator has done. */
  public Operations operations() {
    return new Operations(home.resolve("state"));
  }

  /** What a node's server has logged since it was made. */
  public abstract String serverLog(String node);

  /** Sums, times, modes and owners of every file that configures a node. */
  public String files(String node) {
    return shell(node, fingerprintScript(node));
  }

  /** When the node's server was started. */
  public String started(String node) {
    return sql(node, "select pg_postmaster_start_time()");
  }

  /** {@link #files} and {@link #started}. */
  public String fingerprint(String node) {
    return files(node) + "\n" + started(node);
  }

  protected abstract String fingerprintScript(String node);

  static void delete(Path folder) {
    Shell.run(List.of("rm", "-rf", folder.toString()));
  }

  /** Leaves what is there as it is. */
  @Override
  public void close() {
    shells.values().forEach(NodeShell::close);
  }
}

package replctl.it.storm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import replctl.it.site.PeerHosts;
import replctl.it.site.Shell;

/** repmgr with its daemon on each node. */
final class Repmgr extends Peer {
  private static final String UNIT = "postgresql@17-main";

  Repmgr(PeerHosts hosts) {
    super(hosts);
  }

  @Override
  public String name() {
    return hosts().shell(PeerHosts.MONITOR, "repmgr --version")
        + ", repmgrd, synchronous_standby_names = ANY 1 by hand, reconnect 6 x 10 s";
  }

  @Override
  String script() {
    return "repmgr.sh";
  }

  @Override
  String agent() {
    return "repmgrd";
  }

  /** It is typed where the candidate is, and carries itself out. */
  @Override
  public Call switchover(String from, String to) {
    return start(
        () -> Shell.end(hosts().as("root", to, "pkill", "-9", "-x", "repmgr")).code() == 0,
        "postgres",
        to,
        "repmgr",
        "-f",
        "/etc/repmgr.conf",
        "standby",
        "switchover",
        "--siblings-follow");
  }

  @Override
  public Call switchoverByAnother(String from, String to) {
    return switchover(from, to);
  }

  @Override
  public Duration switchoverTakes() {
    return Duration.ofSeconds(6);
  }

  /** Six attempts, ten seconds apart, an election and a promotion. */
  @Override
  public Duration failoverTakes() {
    return Duration.ofSeconds(65);
  }

  @Override
  public Optional<String> seat() {
    return Optional.empty();
  }

  /** Daemons that ended are started, and those that a switchover paused go on. */
  @Override
  public List<Typed> finish() {
    List<Typed> all = new ArrayList<>();
    for (String node : hosts().nodes()) {
      if (!answers(node, "pgrep -x repmgrd") && answers(node, "systemctl is-active " + UNIT)) {
        all.add(type("root", node, "systemctl", "restart", "repmgrd"));
      }
    }
    if (all.isEmpty() && isPaused()) {
      all.add(repmgr(hosts().nodes().get(0), "service", "unpause"));
    }
    return all;
  }

  @Override
  public boolean finished() {
    return hosts().nodes().stream().allMatch(n -> answers(n, "pgrep -x repmgrd")) && !isPaused();
  }

  /** By the word of the nodes that answer: the seventh of the columns. */
  private boolean isPaused() {
    return repmgr(hosts().nodes().get(0), "service", "status", "--csv")
        .said()
        .lines()
        .map(line -> line.split(","))
        .anyMatch(columns -> columns.length > 6 && columns[6].equals("1"));
  }

  private boolean answers(String node, String script) {
    try {
      hosts().shell(node, script);
      return true;
    } catch (AssertionError no) {
      return false;
    }
  }

  /**
   * A server is started where none runs; of several leaders the one of the oldest timeline rejoins.
   */
  @Override
  public List<Typed> lead(List<String> open) {
    if (open.size() > 1) {
      List<String> newestFirst =
          open.stream().sorted(Comparator.comparing(this::timeline).reversed()).toList();
      return rejoin(newestFirst.get(newestFirst.size() - 1), newestFirst.get(0));
    }
    return hosts().nodes().stream().map(n -> type("root", n, "systemctl", "start", UNIT)).toList();
  }

  private String timeline(String node) {
    return hosts().sql(node, "select left(pg_walfile_name(pg_current_wal_lsn()), 8)");
  }

  /** It wants a server that has ended by itself, so one that crashed is started before. */
  @Override
  public List<Typed> rejoin(String node, String leader) {
    List<Typed> all = new ArrayList<>();
    all.add(type("root", node, "systemctl", "start", UNIT));
    all.add(type("root", node, "systemctl", "stop", UNIT));
    String where = "host=" + leader + " user=repmgr dbname=repmgr connect_timeout=2";
    all.add(repmgr(node, "node", "rejoin", "-d", where, "--force-rewind"));
    if (!all.get(all.size() - 1).done()) {
      all.add(type("root", node, "systemctl", "stop", UNIT));
      all.add(repmgr(node, "-d", where, "standby", "clone", "--force", "--fast-checkpoint"));
      all.add(type("root", node, "systemctl", "start", UNIT));
      all.add(repmgr(node, "standby", "register", "--force"));
    }
    return all;
  }

  private Typed repmgr(String node, String... words) {
    List<String> all = new ArrayList<>(List.of("repmgr", "-f", "/etc/repmgr.conf"));
    all.addAll(List.of(words));
    return type("postgres", node, all.toArray(String[]::new));
  }

  /** Its daemons make followers follow whom they have elected; an old leader they leave alone. */
  @Override
  public Duration heals() {
    return Duration.ofSeconds(20);
  }
}

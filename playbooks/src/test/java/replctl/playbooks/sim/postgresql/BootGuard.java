package replctl.playbooks.sim.postgresql;

import java.util.EnumSet;
import java.util.Set;
import replctl.playbooks.sim.SimGuard;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimTime;

/**
 * The start guard before a simulated server: guard/start/main.sh and postgresql.sh. An operation's
 * own start passes it by its permit, and is not asked here.
 */
final class BootGuard {
  static final String INSTALLED = "guard/installed";
  static final String CONF = "guard/conf";
  private static final Set<String> BY_ITSELF =
      Set.of("rewinding", "follows", "permit", "fenced", "succeeded", "running");
  private static final long AGAIN = 2 * SimTime.SECOND;

  private final SimPostgres server;
  private final PostgresNet net;
  private boolean waits;
  private long asksAt;

  BootGuard(SimPostgres server, PostgresNet net) {
    this.server = server;
    this.net = net;
  }

  private String file(String name) {
    return PgPaths.state(server.host()) + "/" + name;
  }

  boolean isInstalled() {
    return server.host().files().containsKey(file(INSTALLED));
  }

  /** Its unit is started. */
  void begin(long at) {
    waits = true;
    asksAt = at;
  }

  /** Its unit is stopped, or its server started by an operation. */
  void end() {
    waits = false;
  }

  /** Lets the server start when that is its verdict. */
  void tick() {
    if (!waits || net.now() < asksAt) {
      return;
    }
    SimGuard.Decision decision = decides();
    net.world().trace().say(() -> server.host().name() + "'s start guard: " + decision.line());
    if (decision.verdict() == SimGuard.Verdict.WAIT) {
      asksAt = net.now() + AGAIN;
      return;
    }
    if (decision.verdict() == SimGuard.Verdict.CLOSE) {
      server.standbySignal(true);
    }
    if (!server.hasStandbySignal()) {
      net.world().returnsAsAWriter(server.host());
    }
    server.start(net.dice().between(20, 300) * SimTime.MS);
  }

  private SimGuard.Decision decides() {
    Set<SimGuard.Rule> deleted = EnumSet.noneOf(SimGuard.Rule.class);
    deleted.addAll(net.deletedGuardRules());
    String here = here();
    SimGuard.Decision first = SimGuard.verdict(here, deleted);
    return BY_ITSELF.contains(first.rule())
        ? first
        : SimGuard.verdict(here + "history " + server.wal().timeline() + "\n" + peers(), deleted);
  }

  /** local_lines. */
  private String here() {
    StringBuilder lines = new StringBuilder("node " + server.host().name() + "\n");
    if (server.hasStandbySignal()) {
      lines.append("follows\n");
    }
    for (String marker : new String[] {"fenced", "rewinding"}) {
      if (server.host().files().containsKey(file(marker))) {
        lines.append(marker).append('\n');
      }
    }
    return lines + server.host().guardLines();
  }

  /** ask_peers. */
  private String peers() {
    StringBuilder lines = new StringBuilder();
    server
        .host()
        .files()
        .getOrDefault(file(CONF), "")
        .lines()
        .filter(line -> line.startsWith("peer "))
        .map(line -> line.split(" ")[1])
        .forEach(peer -> lines.append(net.at(peer).map(this::answer).orElse("")));
    return lines.toString();
  }

  private String answer(SimPostgres other) {
    SimHost host = other.host();
    String peer = "peer " + host.name() + " ";
    if (!server.host().linked() || !host.linked() || !host.powered() || host.frozen()) {
      return peer + "silent no answer in 2 s\n";
    }
    String said = "server " + word(other) + " " + other.wal().timeline() + "\n" + host.guardLines();
    return said.lines().map(line -> peer + line + "\n").reduce("", String::concat);
  }

  /** postgresql_server. */
  private static String word(SimPostgres other) {
    if (other.process() == SimPostgres.Processes.NONE) {
      return "none";
    }
    if (other.answersSql()) {
      return other.recovering() ? "recovery" : "writable";
    }
    return other.hasStandbySignal() ? "recovery" : "unknown";
  }
}

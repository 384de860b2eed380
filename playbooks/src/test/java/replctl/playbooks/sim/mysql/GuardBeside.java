package replctl.playbooks.sim.mysql;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import replctl.playbooks.sim.SimGuard;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimTime;

/**
 * The start guard beside a simulated server, which begins and ends with its unit:
 * guard/start/main.sh and mysql.sh. The server is closed by its options; the guard opens the
 * recorded leader, and has a follower receive.
 */
final class GuardBeside {
  static final String INSTALLED = "guard/installed";
  static final String CONF = "guard/conf";
  static final String PERMIT = "guard/permit";
  private static final Set<String> BY_ITSELF =
      Set.of("rewinding", "follows", "permit", "fenced", "succeeded", "running");
  private static final long AGAIN = 2 * SimTime.SECOND;

  private final SimMysql server;
  private final MysqlNet net;
  private boolean waits;
  private long asksAt;

  GuardBeside(SimMysql server, MysqlNet net) {
    this.server = server;
    this.net = net;
  }

  private String file(String name) {
    return MyPaths.state(server.host()) + "/" + name;
  }

  private boolean has(String name) {
    return server.host().files().containsKey(file(name));
  }

  /** Its unit is started. */
  void begin(long at) {
    waits = has(INSTALLED);
    asksAt = at;
  }

  /** Its unit is stopped. */
  void end() {
    waits = false;
  }

  void tick() {
    if (!waits || net.now() < asksAt) {
      return;
    }
    asksAt = net.now() + AGAIN;
    if (!server.answersSql()) {
      return;
    }
    if (!server.isReadOnly() && !server.isSuperReadOnly()) {
      waits = false;
      return;
    }
    SimGuard.Decision decision = decides();
    net.world().trace().say(() -> server.host().name() + "'s start guard: " + decision.line());
    waits = !acts(decision);
  }

  /** act, mysql_start, mysql_acts: whether nothing is to be done here any more. */
  private boolean acts(SimGuard.Decision decision) {
    boolean alone = decision.rule().equals("permit") || decision.rule().equals("unmanaged");
    return switch (decision.verdict()) {
      case WAIT -> false;
      case CLOSE -> true;
      case START -> {
        if (alone || server.host().locked()) {
          yield false;
        }
        yield decision.rule().equals("follows") ? receives() : opens();
      }
    };
  }

  private boolean receives() {
    if (!has("fenced") && permit().isEmpty() && !has("frozen")) {
      server.channel().start();
    }
    return true;
  }

  private boolean opens() {
    if (server.data().source().isPresent() && !led()) {
      return false;
    }
    SemiSync asked = SemiSync.of(server.host().files().getOrDefault(file(SemiSync.FILE), ""));
    net.world().returnsAsAWriter(server.host());
    server.readOnly(true);
    asked.tell(server);
    server.superReadOnly(false);
    server.readOnly(false);
    server.scheduler(true);
    return true;
  }

  /** Whether it is this server that was opened last, by its data. */
  boolean led() {
    return !server.data().epochs().isEmpty()
        && server
            .data()
            .epochs()
            .get(server.data().epochs().lastKey())
            .server()
            .equals(server.uuid());
  }

  private SimGuard.Decision decides() {
    Set<SimGuard.Rule> deleted = EnumSet.noneOf(SimGuard.Rule.class);
    deleted.addAll(net.deletedGuardRules());
    String here = here();
    SimGuard.Decision first = SimGuard.verdict(here, deleted);
    return BY_ITSELF.contains(first.rule())
        ? first
        : SimGuard.verdict(here + "history " + epoch(server) + " epoch\n" + peers(), deleted);
  }

  /** local_lines. */
  private String here() {
    StringBuilder lines = new StringBuilder("node " + server.host().name() + "\n");
    String leads = server.host().recordedLeader();
    if (server.data().source().isPresent() && !leads.equals(server.host().name().value())) {
      lines.append("follows\n");
    }
    if (has("fenced")) {
      lines.append("fenced\n");
    }
    permit().ifPresent(p -> lines.append("permit ").append(p).append('\n'));
    return lines + server.host().guardLines();
  }

  /** {@code EPOCH OPERATION}, while the operation that starts the server lets it. */
  private Optional<String> permit() {
    String[] words = server.host().files().getOrDefault(file(PERMIT), "0 0 0").split(" ");
    return Long.parseLong(words[2]) > net.now()
        ? Optional.of(words[0] + " " + words[1])
        : Optional.empty();
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

  private String answer(SimMysql other) {
    SimHost host = other.host();
    String peer = "peer " + host.name() + " ";
    if (!server.host().linked() || !host.linked() || !host.powered() || host.frozen()) {
      return peer + "silent no answer in 2 s\n";
    }
    String said = "server " + word(other) + "\n" + host.guardLines();
    return said.lines().map(line -> peer + line + "\n").reduce("", String::concat);
  }

  /** mysql_server. */
  private static String word(SimMysql other) {
    if (other.process() == SimMysql.Processes.NONE) {
      return "none 0";
    }
    if (other.answersSql()) {
      boolean closed = other.isReadOnly() || other.isSuperReadOnly();
      return (closed ? "recovery " : "writable ") + epoch(other);
    }
    boolean starts = other.process() == SimMysql.Processes.STARTING && other.startsClosed();
    return starts ? "recovery 0" : "unknown 0";
  }

  private static long epoch(SimMysql of) {
    return of.data().epochs().isEmpty() ? 0 : of.data().epochs().lastKey();
  }
}

package replctl.playbooks.engine.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Certificates;
import replctl.playbooks.engine.Loopback;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.world.Facts;

/**
 * replctl's own file of options, the same on every member but for names and numbers: closed, and
 * receiving from nobody by itself. Pure.
 *
 * @param counts whether a leader may rely on its word: one that boots before that is written down
 *     acknowledges nothing
 */
record MysqlOptions(SetupGoal goal, NodeName node, boolean counts) {
  private static final Pattern SERVER_ID = Pattern.compile("(?m)^server_id = ([0-9]{1,10})$");

  private static final Set<String> GTIDS = Set.of("gtid_mode", "enforce_gtid_consistency");

  /** Of those that are given here: others may have numbers below. */
  private static final int FIRST_ID = 101;

  MysqlOptions(SetupGoal goal, NodeName node) {
    this(goal, node, MysqlAcknowledging.recorded(goal.site(), node));
  }

  /**
   * One line of the file.
   *
   * @param name of the variable
   * @param when who takes it at once while it runs
   */
  record Option(String name, String value, When when) {
    String line() {
      return (name.startsWith("rpl_") ? "loose_" : "") + name + " = " + value;
    }
  }

  /** When a running server takes it. */
  enum When {
    NOW,
    /** At once where it follows; a leader goes on as it is, and is told when it is closed. */
    NOW_AS_FOLLOWER,
    START
  }

  /** All of them. */
  List<Option> options() {
    MysqlVersion version = version();
    String replica = version.replica();
    String state = layout().state();
    List<Option> all = new ArrayList<>();
    all.add(new Option("server_id", Long.toString(serverId()), When.NOW));
    all.add(new Option("super_read_only", "ON", When.NOW_AS_FOLLOWER));
    all.add(new Option("skip_" + replica + "_start", "ON", When.START));
    all.add(new Option("relay_log_recovery", "ON", When.START));
    // A transaction that a follower has acknowledged is on its disk.
    all.add(new Option("sync_relay_log", "1", When.NOW));
    all.add(new Option("event_scheduler", "OFF", When.NOW_AS_FOLLOWER));
    all.add(new Option("enforce_gtid_consistency", "ON", When.START));
    all.add(new Option("gtid_mode", "ON", When.START));
    all.add(new Option("binlog_format", "ROW", When.NOW));
    all.add(new Option("sync_binlog", "1", When.NOW));
    all.add(new Option("innodb_flush_log_at_trx_commit", "1", When.NOW));
    all.add(new Option("log_" + replica + "_updates", "ON", When.START));
    all.add(new Option(replica + "_net_timeout", "10", When.NOW));
    all.add(new Option(replica + "_preserve_commit_order", "ON", When.START));
    all.add(new Option("bind_address", bind(), When.START));
    all.add(new Option("report_host", goal.site().declared(node).host(), When.START));
    all.add(new Option("ssl_ca", Certificates.authority(state), When.NOW));
    all.add(new Option("ssl_cert", Certificates.certificate(state), When.NOW));
    all.add(new Option("ssl_key", Certificates.key(state), When.NOW));
    all.add(
        new Option(
            "rpl_semi_sync_" + replica + "_enabled", mayAcknowledge() ? "ON" : "OFF", When.NOW));
    return all;
  }

  /** Plugins that are loaded at the start: a closed server takes none later (error 1290). */
  List<String> files() {
    return List.of(version().semiSyncSource(), version().semiSyncReplica(), "mysql_clone.so");
  }

  /** The same as the server lists them. */
  List<String> plugins() {
    return List.of(version().semiSyncSourcePlugin(), version().semiSyncReplicaPlugin(), "clone");
  }

  /** The whole text. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("# Written by replctl init. Every member of the cluster starts closed and receives")
        .append(" from nobody: replctl's start\n")
        .append("# guard, or an operation of replctl's, opens the one that leads.\n[mysqld]\n");
    options().forEach(o -> text.append(o.line()).append('\n'));
    files().forEach(f -> text.append("plugin_load_add = ").append(f).append('\n'));
    return text.toString();
  }

  /** What a running server must have at once: NAME VALUE, a line each. */
  String now() {
    boolean leads = node.equals(goal.leader());
    return options().stream()
        .filter(o -> o.when() == When.NOW || (o.when() == When.NOW_AS_FOLLOWER && !leads))
        .map(o -> o.name() + " " + o.value())
        .collect(Collectors.joining("\n"));
  }

  /** What it has only once it was started with the file: NAME VALUE, a line each. */
  String atStart() {
    return options().stream()
        .filter(o -> o.when() == When.START)
        .map(o -> o.name() + " " + o.value())
        .collect(Collectors.joining("\n"));
  }

  /** Of these, what a running server has otherwise, with what it has. */
  List<String> waiting() {
    Facts facts = goal.site().facts(node);
    List<String> waiting = new ArrayList<>();
    boolean online = !goal.isAbsent(node);
    options().stream()
        .filter(o -> o.when() == When.START)
        // Servers that replicate are led through it while they run.
        .filter(o -> !online || !GTIDS.contains(o.name()))
        .filter(
            o -> facts.text("setting." + o.name()).filter(v -> !v.equals(o.value())).isPresent())
        .forEach(o -> waiting.add(o.name() + " = " + o.value()));
    plugins().stream()
        .filter(p -> !facts.text("plugin." + p).equals(Optional.of("ACTIVE")))
        .forEach(p -> waiting.add("plugin " + p));
    return waiting;
  }

  /** Of what may be told at once, what a running server has otherwise. */
  List<String> differing() {
    Facts facts = goal.site().facts(node);
    return now()
        .lines()
        .map(line -> line.split(" ", 2))
        .filter(o -> facts.text("setting." + o[0]).filter(v -> !v.equals(o[1])).isPresent())
        .map(o -> o[0] + " = " + facts.text("setting." + o[0]).orElse("") + " -> " + o[1])
        .toList();
  }

  private boolean mayAcknowledge() {
    var declared = goal.site().declared(node);
    return counts
        && declared.mayLead()
        && declared.delay().isEmpty()
        && declared.cascadeFrom().isEmpty();
  }

  /** An address of its own stays; the loopback alone would let nobody follow from elsewhere. */
  private String bind() {
    String has = goal.site().facts(node).text("setting.bind_address").orElse("*");
    return Loopback.is(has) && !Loopback.is(goal.site().declared(node).host()) ? "*" : has;
  }

  /** Its own where no other has the same; else one that none has. */
  private long serverId() {
    Matcher ours = SERVER_ID.matcher(goal.site().facts(node).text("config.text").orElse(""));
    if (ours.find()) {
      return Long.parseLong(ours.group(1));
    }
    Set<Long> others = new TreeSet<>();
    for (NodeName other : goal.declared()) {
      if (!other.equals(node)) {
        goal.site().facts(other).number("setting.server_id").ifPresent(others::add);
      }
    }
    long own = goal.site().facts(node).number("setting.server_id").orElse(0);
    if (own > 1 && !others.contains(own)) {
      return own;
    }
    long id = (long) FIRST_ID + goal.declared().indexOf(node);
    while (others.contains(id)) {
      id += goal.declared().size();
    }
    return id;
  }

  MysqlVersion version() {
    return goal.site()
        .facts(node)
        .text("version")
        .or(() -> goal.site().facts(node).text("binary_version"))
        .flatMap(MysqlVersion::parse)
        .orElse(MysqlVersion.OLDEST);
  }

  private MysqlLayout layout() {
    return MysqlLayout.of(goal.site().declared(node), goal.site().facts(node));
  }
}

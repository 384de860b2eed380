package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.ParameterChange;
import replctl.playbooks.engine.ParameterWish;
import replctl.playbooks.engine.Parameters;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** MySQL's system variables: SET PERSIST, and PERSIST_ONLY for those that need a start. */
final class MysqlParameters implements Parameters {
  private static final String SCRIPT = "write-parameters";

  /** A buffer pool that is made smaller is waited for 10 s; all else takes milliseconds. */
  private static final Duration WRITING = Duration.ofSeconds(60);

  private static final String OPEN =
      "replctl open, switchover and failover: who takes writes is decided by them";
  private static final String WHOM = "replctl init and rejoin: whom a node follows, and how";
  private static final String WRITES = "replctl sync, and the inventory's replication";
  private static final String WHERE =
      "the inventory's database and node keys: where replctl looks for the server";
  private static final String OURS = "replctl init, which keeps it in its own file of options";
  private static final String DURABLE =
      "nobody: replctl init keeps it at 1 on every member, so that what was acknowledged outlives"
          + " a power cut";

  private static final Map<String, String> OWNERS =
      Map.ofEntries(
          Map.entry("read_only", OPEN),
          Map.entry("super_read_only", OPEN),
          Map.entry("offline_mode", OPEN),
          Map.entry("event_scheduler", OPEN),
          Map.entry("gtid_purged", WHOM),
          Map.entry("gtid_mode", OURS),
          Map.entry("enforce_gtid_consistency", OURS),
          Map.entry("server_id", OURS),
          Map.entry("server_uuid", OURS),
          Map.entry("log_bin", OURS),
          Map.entry("log_bin_basename", OURS),
          Map.entry("relay_log_recovery", OURS),
          Map.entry("sync_relay_log", DURABLE),
          Map.entry("binlog_format", OURS),
          Map.entry("sync_binlog", DURABLE),
          Map.entry("innodb_flush_log_at_trx_commit", DURABLE),
          Map.entry("bind_address", OURS),
          Map.entry("report_host", OURS),
          Map.entry("report_port", OURS),
          Map.entry("ssl_ca", OURS),
          Map.entry("ssl_cert", OURS),
          Map.entry("ssl_key", OURS),
          Map.entry("port", WHERE),
          Map.entry("socket", WHERE),
          Map.entry("datadir", WHERE),
          Map.entry("pid_file", WHERE),
          Map.entry("persisted_globals_load", "nobody: what is persisted must count"));

  /** The older names have slave for replica and master for source. */
  private static final Pattern REPLICATION =
      Pattern.compile(
          "skip_(replica|slave)_start|log_(replica|slave)_updates|(replica|slave)_net_timeout"
              + "|(replica|slave)_preserve_commit_order");

  private static final Pattern SEMI_SYNC = Pattern.compile("rpl_semi_sync_.*");

  private static final Map<String, String> WEAKENING =
      Map.of(
          "innodb_doublewrite", "a power cut can leave torn pages, which nothing mends",
          "innodb_flush_method", "what is said to be on the disk may not be",
          "innodb_checksum_algorithm", "damaged pages are read as if they were whole",
          "innodb_force_recovery", "it can destroy data for good",
          "binlog_checksum", "a damaged log is sent on and applied");

  private static final Map<String, Set<String>> WEAK =
      Map.of(
          "innodb_doublewrite", Set.of("off", "0", "false", "detect_only"),
          "innodb_flush_method", Set.of("nosync", "littlesync", "o_direct_no_fsync"),
          "innodb_checksum_algorithm", Set.of("none", "strict_none"),
          "innodb_force_recovery", Set.of("1", "2", "3", "4", "5", "6"),
          "binlog_checksum", Set.of("none"));

  @Override
  public ScriptCall question(
      Cluster cluster, Node node, Facts surveyed, List<ParameterWish> wishes) {
    Map<String, Value> values = new TreeMap<>(MysqlLayout.of(node, surveyed).values());
    values.put("cluster_name", Value.of(cluster.name().value()));
    values.put("node_name", Value.of(node.name().value()));
    values.put("wishes", Value.of(ParameterWish.lines(wishes)));
    return ScriptCall.probe(new Script("mysql", "parameters"), values);
  }

  @Override
  public Optional<String> owner(Cluster cluster, String name) {
    if (SEMI_SYNC.matcher(name).matches()) {
      return Optional.of(WRITES);
    }
    return REPLICATION.matcher(name).matches()
        ? Optional.of(OURS)
        : Optional.ofNullable(OWNERS.get(name));
  }

  @Override
  public Optional<String> weakens(ParameterWish wish) {
    return wish.value()
        .map(v -> v.strip().toLowerCase(Locale.ROOT))
        .filter(WEAK.getOrDefault(wish.name(), Set.of())::contains)
        .map(v -> WEAKENING.get(wish.name()));
  }

  @Override
  public boolean followersNeedAsMuch(String name) {
    return false;
  }

  @Override
  public boolean isSecret(String name) {
    return false;
  }

  @Override
  public Step write(Site site, NodeName leader, NodeName node, ParameterChange change) {
    MysqlScripts scripts = new MysqlScripts(site, leader);
    Map<String, Value> back = new TreeMap<>(change.reversed().values());
    back.put("undoes", Value.of("yes"));
    return scripts
        .onData(change.stepOn(node), change.title(node), node, SCRIPT, change.values(), WRITING)
        .undoneBy(scripts.performOnData(node, SCRIPT, back));
  }
}

package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

/** PostgreSQL's parameters: ALTER SYSTEM, but for the numbers that stand in replctl.conf. */
final class PostgresqlParameters implements Parameters {
  private static final String SCRIPT = "write-parameters";

  /** A reload is waited for 5 s, and what the server checks takes it milliseconds. */
  private static final Duration WRITING = Duration.ofSeconds(60);

  /**
   * A standby on which one of these is smaller than it was on the primary does not start, or pauses
   * its replay (PostgreSQL's manual, 26.4.3).
   */
  static final List<String> NOT_SMALLER =
      List.of(
          "max_connections",
          "max_worker_processes",
          "max_wal_senders",
          "max_prepared_transactions",
          "max_locks_per_transaction");

  private static final String WHOM = "replctl switchover, rejoin or open: whom a node follows";
  private static final String WRITES = "replctl sync, and the inventory's replication";
  private static final String WHERE =
      "the inventory's database and node keys: where replctl looks for the server";
  private static final String OURS = "replctl init, which keeps it in replctl.conf";
  private static final String TARGET = "nobody: it would end recovery, and with it following";

  private static final Map<String, String> OWNERS =
      Map.ofEntries(
          Map.entry("primary_conninfo", WHOM),
          Map.entry("primary_slot_name", WHOM),
          Map.entry("promote_trigger_file", WHOM),
          Map.entry("synchronous_standby_names", WRITES),
          Map.entry("synchronous_commit", WRITES),
          Map.entry("recovery_min_apply_delay", "the inventory's delay of a node"),
          Map.entry("recovery_target", TARGET),
          Map.entry("recovery_target_action", TARGET),
          Map.entry("recovery_target_inclusive", TARGET),
          Map.entry("recovery_target_lsn", TARGET),
          Map.entry("recovery_target_name", TARGET),
          Map.entry("recovery_target_time", TARGET),
          Map.entry("recovery_target_timeline", OURS),
          Map.entry("recovery_target_xid", TARGET),
          Map.entry("port", WHERE),
          Map.entry("listen_addresses", OURS),
          Map.entry("unix_socket_directories", OURS),
          Map.entry("data_directory", WHERE),
          Map.entry("config_file", WHERE),
          Map.entry("hba_file", WHERE),
          Map.entry("ident_file", WHERE),
          Map.entry("external_pid_file", WHERE),
          Map.entry("ssl", OURS),
          Map.entry("ssl_cert_file", OURS),
          Map.entry("ssl_key_file", OURS),
          Map.entry("ssl_ca_file", OURS),
          Map.entry("hot_standby", OURS),
          Map.entry("wal_log_hints", OURS),
          Map.entry("wal_level", OURS),
          Map.entry(
              "ssl_passphrase_command", "hand, on the host: it tells or is a way to a secret"));

  /** Off, they let a crash or a power cut take what was acknowledged. */
  private static final Map<String, String> WEAKENING =
      Map.of(
          "fsync", "a power cut can destroy the whole cluster of databases",
          "full_page_writes", "a power cut can leave torn pages, which nothing mends",
          "data_sync_retry", "a failed sync is taken for one that was done",
          "zero_damaged_pages", "damaged pages are emptied",
          "ignore_checksum_failure", "damaged pages are read as if they were whole",
          "ignore_invalid_pages", "damage that replay finds is passed over");

  private static final Set<String> ON = Set.of("on", "true", "yes", "1", "t", "y", "tr", "ye");
  private static final Set<String> OFF_IS_WEAK = Set.of("fsync", "full_page_writes");

  @Override
  public ScriptCall question(
      Cluster cluster, Node node, Facts surveyed, List<ParameterWish> wishes) {
    Map<String, Value> values =
        new TreeMap<>(HostLayout.of(node, surveyed, Optional.empty()).values());
    values.put("cluster_name", Value.of(cluster.name().value()));
    values.put("node_name", Value.of(node.name().value()));
    values.put("wishes", Value.of(ParameterWish.lines(wishes)));
    return ScriptCall.probe(new Script("postgresql", "parameters"), values);
  }

  @Override
  public Optional<String> owner(Cluster cluster, String name) {
    return name.equals(SettingsFile.RESTORE)
        ? cluster.archive().map(a -> "the inventory's archive")
        : Optional.ofNullable(OWNERS.get(name));
  }

  @Override
  public Optional<String> weakens(ParameterWish wish) {
    boolean on =
        wish.value().map(v -> v.strip().toLowerCase(Locale.ROOT)).filter(ON::contains).isPresent();
    boolean weak = wish.value().isPresent() && OFF_IS_WEAK.contains(wish.name()) != on;
    return Optional.ofNullable(WEAKENING.get(wish.name())).filter(w -> weak);
  }

  @Override
  public boolean followersNeedAsMuch(String name) {
    return NOT_SMALLER.contains(name);
  }

  @Override
  public boolean isSecret(String name) {
    return name.equals("primary_conninfo") || name.equals("ssl_passphrase_command");
  }

  @Override
  public Step write(Site site, NodeName leader, NodeName node, ParameterChange change) {
    Scripts scripts = new Scripts(site, leader);
    Map<String, Value> back = new TreeMap<>(change.reversed().values());
    back.put("identity", scripts.identity());
    return scripts
        .onData(change.stepOn(node), change.title(node), node, SCRIPT, change.values(), WRITING)
        .undoneBy(scripts.perform(node, SCRIPT, back));
  }
}

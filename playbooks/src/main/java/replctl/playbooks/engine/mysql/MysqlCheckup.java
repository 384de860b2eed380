package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Checkup;
import replctl.playbooks.engine.Site;
import replctl.playbooks.snapshot.Age;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** What bites MySQL later. */
final class MysqlCheckup implements Checkup {
  /** Whoever looks is not to be told of what ends by itself. */
  private static final Duration OPEN = Duration.ofSeconds(10);

  /** A follower that is away for longer than the log is kept is copied anew. */
  private static final long DAY = 86_400;

  /** What a follower may need to notice that its leader is gone. */
  private static final long LATE = 30;

  @Override
  public ScriptCall question(Cluster cluster, Node node, Facts surveyed) {
    Map<String, Value> values = new TreeMap<>(MysqlLayout.of(node, surveyed).values());
    values.put("cluster_name", Value.of(cluster.name().value()));
    values.put("node_name", Value.of(node.name().value()));
    values.put("engine", Value.of("mysql"));
    surveyed.text("setting.ssl_cert").ifPresent(file -> values.put("certificate", Value.of(file)));
    surveyed.text("setting.ssl_ca").ifPresent(file -> values.put("ca_file", Value.of(file)));
    return ScriptCall.probe(new Script("mysql", "checkup"), values);
  }

  @Override
  public Map<NodeName, List<Finding>> of(Site site) {
    List<MysqlNode> answered =
        site.cluster().nodes().stream()
            .map(node -> new MysqlNode(node, site.facts(node.name())))
            .filter(MysqlNode::answered)
            .toList();
    Optional<MysqlNode> leader = answered.stream().filter(n -> n.role() == Role.LEADER).findFirst();
    Map<NodeName, List<Finding>> found = new LinkedHashMap<>();
    for (MysqlNode on : answered) {
      List<Finding> of = new ArrayList<>();
      flushes(on, of);
      order(on, of);
      rowImage(on, of);
      relayLog(on, of);
      leader.filter(l -> !l.is(on)).ifPresent(l -> connections(on, l, of));
      leader.filter(l -> !l.is(on)).ifPresent(l -> of.addAll(MysqlParity.of(on, l)));
      if (on.role() == Role.LEADER) {
        of.addAll(MysqlDataChecks.of(on));
        log(on, of);
        open(on, of);
      }
      found.put(on.name(), List.copyOf(of));
    }
    return found;
  }

  /** With either of them not 1 a crash of its host loses commits that were answered. */
  private static void flushes(MysqlNode on, List<Finding> found) {
    for (String setting : List.of("sync_binlog", "innodb_flush_log_at_trx_commit")) {
      Optional<String> value = on.setting(setting).filter(v -> !v.equals("1"));
      value.ifPresent(
          v ->
              found.add(
                  new Finding(
                      Level.WARNING,
                      setting.replace('_', '-'),
                      setting
                          + " is "
                          + v
                          + ": a crash of its host loses commits that it has answered, and as a"
                          + " leader it comes back with less than its followers",
                      "replctl init sets it to 1")));
    }
  }

  private static void relayLog(MysqlNode on, List<Finding> found) {
    if (on.setting("relay_log_recovery").isPresent() && !on.isOn("relay_log_recovery")) {
      found.add(
          new Finding(
              Level.WARNING,
              "relay-log-recovery",
              "relay_log_recovery is off: after a crash of its host its relay log may be torn, and it"
                  + " can't go on",
              "replctl init sets it; it takes hold at a restart"));
    }
    OptionalLong timeout = on.number("setting.replica_net_timeout");
    if (timeout.isPresent() && timeout.getAsLong() > LATE) {
      found.add(
          new Finding(
              Level.NOTE,
              "net-timeout",
              "replica_net_timeout is "
                  + timeout.getAsLong()
                  + " s: for so long a follower may not notice that its leader is gone",
              "set persist replica_net_timeout = 10 on " + on.name()));
    }
  }

  private static void log(MysqlNode on, List<Finding> found) {
    OptionalLong kept = on.number("setting.binlog_expire_logs_seconds");
    if (kept.isPresent() && kept.getAsLong() > 0 && kept.getAsLong() < DAY) {
      found.add(
          new Finding(
              Level.WARNING,
              "log-expires",
              "binlog_expire_logs_seconds is "
                  + kept.getAsLong()
                  + ": a follower that is away or behind for longer than "
                  + Age.words(kept.getAsLong() * 1000)
                  + " must be copied anew",
              "set persist binlog_expire_logs_seconds = 604800 on " + on.name()));
    }
  }

  private static void open(MysqlNode on, List<Finding> found) {
    Optional<Duration> oldest =
        on.told().count("long") > 0 ? on.age("long.1.age") : Optional.empty();
    oldest
        .filter(age -> age.compareTo(OPEN) >= 0)
        .ifPresent(
            age ->
                found.add(
                    new Finding(
                        Level.NOTE,
                        "transaction-open",
                        "a transaction of "
                            + on.facts().text("long.1.user").orElse("?")
                            + " (connection "
                            + on.facts().text("long.1.id").orElse("?")
                            + ") is "
                            + Age.words(age.toMillis())
                            + " old: a switchover does not wait for it, and it can't commit there"
                            + " any more",
                        "let it end before a switchover, or kill "
                            + on.facts().text("long.1.id").orElse("?")
                            + " on "
                            + on.name())));
    OptionalLong prepared = on.number("xa.count");
    if (prepared.isPresent() && prepared.getAsLong() > 0) {
      found.add(
          new Finding(
              Level.WARNING,
              "xa-prepared",
              prepared.getAsLong()
                  + " prepared XA transactions have no session any more: their locks stay, also on"
                  + " whoever leads next",
              "xa recover on " + on.name() + ", then xa commit or xa rollback of each"));
    }
  }

  private static void order(MysqlNode on, List<Finding> found) {
    String[] names = {"replica_preserve_commit_order", "slave_preserve_commit_order"};
    if (on.setting(names).isPresent() && !on.isOn(names)) {
      found.add(
          new Finding(
              Level.WARNING,
              "commit-order",
              names[0]
                  + " is off: while it follows, readers may see a later transaction without an"
                  + " earlier one, and a crash leaves gaps",
              "replctl init sets it; its applier must be stopped for that"));
    }
  }

  private static void rowImage(MysqlNode on, List<Finding> found) {
    on.setting("binlog_row_image")
        .filter(image -> !image.equalsIgnoreCase("full"))
        .ifPresent(
            image ->
                found.add(
                    new Finding(
                        Level.NOTE,
                        "row-image",
                        "binlog_row_image is "
                            + image
                            + ": what a rejoin saves of lost changes, and what consumers of"
                            + " changes read, lacks columns",
                        "set persist binlog_row_image = 'FULL' on " + on.name())));
  }

  private static void connections(MysqlNode on, MysqlNode leader, List<Finding> found) {
    OptionalLong mine = on.facts().number("setting.max_connections");
    OptionalLong its = leader.facts().number("setting.max_connections");
    if (mine.isPresent() && its.isPresent() && mine.getAsLong() < its.getAsLong()) {
      found.add(
          new Finding(
              Level.WARNING,
              "fewer-connections",
              "max_connections is "
                  + mine.getAsLong()
                  + ", and "
                  + its.getAsLong()
                  + " on "
                  + leader.name()
                  + ": should it lead, not all clients would be let in",
              "set persist max_connections = " + its.getAsLong() + " on " + on.name()));
    }
  }
}

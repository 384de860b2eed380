package replctl.playbooks.engine.postgresql;

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

/** What bites PostgreSQL later. */
final class PostgresqlCheckup implements Checkup {
  /**
   * What a copy that a new follower is made of needs beside it: two connections of pg_basebackup.
   */
  private static final long COPY_SENDERS = 2;

  /** Whoever looks is not to be told of what ends by itself. */
  private static final Duration OPEN = Duration.ofSeconds(10);

  @Override
  public ScriptCall question(Cluster cluster, Node node, Facts surveyed) {
    Map<String, Value> values =
        new TreeMap<>(HostLayout.of(node, surveyed, Optional.empty()).values());
    values.put("cluster_name", Value.of(cluster.name().value()));
    values.put("node_name", Value.of(node.name().value()));
    values.put("engine", Value.of("postgresql"));
    surveyed
        .text("upstream.sslrootcert")
        .or(() -> surveyed.text("setting.ssl_ca_file"))
        .ifPresent(file -> values.put("ca_file", Value.of(file)));
    surveyed.text("upstream.sslcert").ifPresent(file -> values.put("client", Value.of(file)));
    return ScriptCall.probe(new Script("postgresql", "checkup"), values);
  }

  @Override
  public Map<NodeName, List<Finding>> of(Site site) {
    List<Surveyed> answered =
        site.cluster().nodes().stream()
            .map(node -> new Surveyed(node, site.facts(node.name())))
            .filter(Surveyed::answered)
            .toList();
    Optional<Surveyed> leader = answered.stream().filter(s -> s.role() == Role.LEADER).findFirst();
    Map<NodeName, List<Finding>> found = new LinkedHashMap<>();
    for (Surveyed on : answered) {
      List<Finding> of = new ArrayList<>();
      if (on.role() == Role.LEADER) {
        roles(on, of);
        RoleChecks.of(site, on, of);
        of.addAll(LogicalChecks.ofLeader(on));
        of.addAll(DataChecks.ofLeader(on));
        open(on, of);
      } else {
        leader.ifPresent(l -> besides(on, l, of));
        leader.ifPresent(l -> of.addAll(LogicalChecks.ofFollower(on, l)));
        leader.ifPresent(l -> of.addAll(DataChecks.ofFollower(on, l)));
      }
      room(on, site.cluster().nodes().size(), of);
      of.addAll(WalChecks.of(on));
      found.put(on.node().name(), List.copyOf(of));
    }
    return found;
  }

  private static void besides(Surveyed on, Surveyed leader, List<Finding> found) {
    NodeName leads = leader.node().name();
    for (String setting : PostgresqlParameters.NOT_SMALLER) {
      OptionalLong mine = on.settingNumber(setting);
      OptionalLong its = leader.settingNumber(setting);
      if (mine.isPresent() && its.isPresent() && mine.getAsLong() < its.getAsLong()) {
        found.add(
            new Finding(
                Level.CRITICAL,
                "standby-smaller",
                setting
                    + " is "
                    + mine.getAsLong()
                    + ", and "
                    + its.getAsLong()
                    + " on "
                    + leads
                    + ": it would not start again as a follower",
                "set "
                    + setting
                    + " = "
                    + its.getAsLong()
                    + " on "
                    + on.node().name()
                    + " and restart it"));
      }
    }
    on.setting("hot_standby")
        .filter("off"::equals)
        .ifPresent(
            off ->
                found.add(
                    new Finding(
                        Level.WARNING,
                        "hot-standby-off",
                        "hot_standby is off: while it follows nobody can ask it anything",
                        "set hot_standby = on and restart it")));
    differs(
        on,
        leader,
        "archive_mode",
        "archive-differs",
        "its log is archived otherwise should it lead",
        found);
    differs(
        on,
        leader,
        "shared_preload_libraries",
        "preload-differs",
        "what clients use there is missing should it lead",
        found);
  }

  private static void differs(
      Surveyed on, Surveyed leader, String setting, String code, String harm, List<Finding> found) {
    Optional<String> mine = on.setting(setting);
    Optional<String> its = leader.setting(setting);
    if (mine.isPresent() && its.isPresent() && !mine.equals(its)) {
      found.add(
          new Finding(
              Level.WARNING,
              code,
              setting
                  + " is "
                  + shown(mine.get())
                  + ", and "
                  + shown(its.get())
                  + " on "
                  + leader.node().name()
                  + ": "
                  + harm,
              "set it alike on both; it takes hold at a restart"));
    }
  }

  private static String shown(String value) {
    return value.isEmpty() ? "empty" : value;
  }

  /** For a role or a database the server's own setting does not count. */
  private static void roles(Surveyed on, List<Finding> found) {
    for (int i = 1; i <= on.count("lowered"); i++) {
      String row = "lowered." + i + ".";
      Optional<String> value = on.facts().text(row + "value");
      if (value.filter(v -> v.equals("off") || v.equals("local")).isEmpty()) {
        continue;
      }
      Optional<String> role = on.facts().text(row + "role");
      Optional<String> database = on.facts().text(row + "database");
      String whose =
          role.map(r -> "role " + r).orElse("every role")
              + database.map(d -> " in database " + d).orElse("");
      found.add(
          new Finding(
              Level.WARNING,
              "durability-of-role",
              whose
                  + " has synchronous_commit = "
                  + value.get()
                  + ": its commits wait for no follower, and may be lost at a failover",
              role.map(r -> "alter role " + r).orElse("alter")
                  + database
                      .map(d -> (role.isPresent() ? " in database " : " database ") + d)
                      .orElse(role.isPresent() ? "" : " role all")
                  + " reset synchronous_commit"));
    }
  }

  /** A stop ends it, and a client that only waits for its turn loses what it did. */
  private static void open(Surveyed on, List<Finding> found) {
    Optional<Duration> oldest = on.count("long") > 0 ? on.age("long.1.age") : Optional.empty();
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
                            + " (pid "
                            + on.facts().number("long.1.pid").orElse(0)
                            + on.facts().text("long.1.state").map(s -> ", " + s).orElse("")
                            + ") is "
                            + Age.words(age.toMillis())
                            + " old: a switchover ends it, and all that it did is lost",
                        "let it end before a switchover, or select pg_terminate_backend("
                            + on.facts().number("long.1.pid").orElse(0)
                            + ") on "
                            + on.node().name())));
  }

  /** Whether all others, and a new one, could receive from it. */
  private static void room(Surveyed on, int nodes, List<Finding> found) {
    long needed = nodes - 1 + COPY_SENDERS;
    fewer(
        on,
        "max_wal_senders",
        "too-few-senders",
        needed,
        nodes - 1 + " followers and a copy for a new one",
        found);
    fewer(
        on, "max_replication_slots", "too-few-slots", nodes - 1L, nodes - 1 + " followers", found);
  }

  private static void fewer(
      Surveyed on, String setting, String code, long needed, String whom, List<Finding> found) {
    OptionalLong has = on.settingNumber(setting);
    if (has.isPresent() && has.getAsLong() < needed) {
      found.add(
          new Finding(
              Level.WARNING,
              code,
              setting + " is " + has.getAsLong() + ", too few for " + whom + " should it lead",
              "set " + setting + " to at least " + needed + " and restart it"));
    }
  }
}

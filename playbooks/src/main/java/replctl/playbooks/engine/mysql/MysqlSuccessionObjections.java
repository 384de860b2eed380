package replctl.playbooks.engine.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Site;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.world.Facts;

/** What speaks against a hand-over by MySQL's own rules. Pure. */
final class MysqlSuccessionObjections {
  private MysqlSuccessionObjections() {}

  static List<String> of(Site site, NodeName from, NodeName to) {
    List<String> found = new ArrayList<>();
    MysqlNode candidate = node(site, to);
    versions(site, candidate, found);
    log(candidate, found);
    semiSync(site, candidate, found);
    found.addAll(blocking(from, site.facts(from)));
    return found;
  }

  static List<String> warnings(Site site, NodeName from, NodeName to) {
    List<String> warnings = new ArrayList<>();
    Facts leader = site.facts(from);
    MysqlNode old = node(site, from);
    for (int n = 1; n <= old.told().count("long"); n++) {
      String row = "long." + n + ".";
      warnings.add(
          "a transaction of "
              + session(leader, row)
              + " on "
              + from
              + ", "
              + leader.number(row + "age").orElse(0) / 1000
              + " s old, will end, and if it has changed anything it can't commit");
    }
    long prepared = leader.number("xa.count").orElse(0);
    if (prepared > 0) {
      warnings.add(
          prepared
              + (prepared == 1 ? " XA transaction" : " XA transactions")
              + " on "
              + from
              + (prepared == 1 ? " stays" : " stay")
              + " prepared, to be ended on "
              + to
              + " (XA RECOVER)");
    }
    long enabled = leader.number("events.enabled").orElse(0);
    if (enabled > events(leader).size()) {
      warnings.add(
          "only "
              + events(leader).size()
              + " of "
              + enabled
              + " events are enabled on "
              + to
              + "; the others are to be enabled by hand (ALTER EVENT ... ENABLE)");
    }
    node(site, to)
        .setting("binlog_format")
        .filter(format -> !format.equals("ROW"))
        .ifPresent(
            format ->
                warnings.add(
                    to
                        + " has binlog_format = "
                        + format
                        + ": what it writes may come out otherwise on its followers"));
    return warnings;
  }

  /** The events that run on a leader, each as the survey names it. */
  static List<String> events(Facts leader) {
    List<String> events = new ArrayList<>();
    Optional<String> event = leader.text("event.1");
    while (event.isPresent()) {
      events.add(event.get());
      event = leader.text("event." + (events.size() + 1));
    }
    return events;
  }

  /**
   * A follower of an older series may meet what it does not know: "Replication Compatibility
   * Between MySQL Versions", in MySQL's manual.
   */
  private static void versions(Site site, MysqlNode candidate, List<String> found) {
    Optional<MysqlVersion> leading = version(candidate);
    for (NodeView view : site.seen().nodes()) {
      MysqlNode follower = node(site, view.name());
      Optional<MysqlVersion> following = version(follower);
      if (!follower.is(candidate)
          && leading.isPresent()
          && following.isPresent()
          && following.get().series() < leading.get().series()) {
        found.add(
            follower.name()
                + " is MySQL "
                + following.get()
                + ", older than "
                + candidate.name()
                + "'s "
                + leading.get()
                + ": it could not follow");
      }
    }
  }

  private static Optional<MysqlVersion> version(MysqlNode node) {
    return node.version().flatMap(MysqlVersion::parse);
  }

  /** What its followers would receive. */
  private static void log(MysqlNode candidate, List<String> found) {
    if (isOff(candidate, "log_bin")) {
      found.add(candidate.name() + " has no binary log (log_bin = OFF): nobody could follow it");
    }
    if (isOff(candidate, "log_replica_updates", "log_slave_updates")) {
      found.add(
          candidate.name()
              + " does not log what it received (log_replica_updates = OFF):"
              + " its followers would lack it");
    }
    candidate
        .setting("gtid_mode")
        .filter(mode -> !mode.equals("ON"))
        .ifPresent(
            mode ->
                found.add(
                    candidate.name() + " has gtid_mode = " + mode + ": followers ask by GTID"));
  }

  private static boolean isOff(MysqlNode node, String... names) {
    return node.setting(names).filter(v -> v.equals("OFF") || v.equals("0")).isPresent();
  }

  /** Without its plugin a leader can't wait. */
  private static void semiSync(Site site, MysqlNode candidate, List<String> found) {
    boolean waits =
        MysqlDurability.read(candidate.facts(), site.cluster())
            .filter(d -> d.needed() > 0)
            .isPresent();
    if (!waits || !candidate.answered()) {
      return;
    }
    boolean active =
        List.of("rpl_semi_sync_source", "rpl_semi_sync_master").stream()
            .anyMatch(p -> candidate.facts().text("plugin." + p).equals(Optional.of("ACTIVE")));
    Optional<String> error = candidate.facts().text("sql_error");
    if (!active && error.isPresent()) {
      // Of a server whose disk is full: this question needs room there.
      found.add(
          "whether "
              + candidate.name()
              + " has loaded the plugin by which it waits for its followers is not known: it"
              + " answers only in part ("
              + error.get()
              + ")");
    } else if (!active) {
      found.add(
          candidate.name()
              + " is to wait for its followers when it leads, and has not loaded the plugin for that"
              + " (rpl_semi_sync_source)");
    }
  }

  /** Sessions for which the leader could not be closed now. */
  static List<String> blocking(NodeName from, Facts leader) {
    List<String> found = new ArrayList<>();
    for (int n = 1; n <= Math.min(10, leader.count("blocking")); n++) {
      String row = "blocking." + n + ".";
      String since = leader.number(row + "seconds").orElse(0) + " s";
      String why =
          switch (leader.text(row + "why").orElse("")) {
            case "ack" -> ", whose commit has waited for a follower's acknowledgement for " + since;
            case "locked" -> " holds LOCK TABLES, and has been idle for " + since;
            default -> " has changed something for " + since + ", and is not done";
          };
      found.add(from + " can't be closed now: " + session(leader, row) + why);
    }
    return found;
  }

  private static String session(Facts facts, String row) {
    return "connection "
        + facts.text(row + "id").orElse("?")
        + " of "
        + facts.text(row + "user").orElse("?")
        + facts.text(row + "address").map(a -> "@" + a).orElse("");
  }

  private static MysqlNode node(Site site, NodeName name) {
    return new MysqlNode(site.declared(name), site.facts(name));
  }
}

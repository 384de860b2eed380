package replctl.playbooks.engine.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Site;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.world.Facts;

/** What speaks against a hand-over by PostgreSQL's own rules. Pure. */
final class SuccessionObjections {
  /**
   * A follower whose value is below its leader's does not start, or pauses its replay: "Hot
   * Standby", Administrator's Overview, in PostgreSQL's manual.
   */
  private static final List<String> HOT_STANDBY =
      List.of(
          "max_connections",
          "max_locks_per_transaction",
          "max_prepared_transactions",
          "max_wal_senders",
          "max_worker_processes");

  /** Segments of 16 MiB: a stop waits for the archiver, and so does the old leader's return. */
  private static final long ARCHIVER_BACKLOG = 64;

  private SuccessionObjections() {}

  static List<String> of(Site site, NodeName from, NodeName to) {
    List<String> found = new ArrayList<>();
    Facts leader = site.facts(from);
    Facts candidate = site.facts(to);
    if (!leader.text("major").equals(candidate.text("major"))) {
      found.add(
          to
              + " is PostgreSQL "
              + candidate.text("major").orElse("?")
              + " and "
              + from
              + " "
              + leader.text("major").orElse("?"));
    }
    room(site, to, candidate, found);
    for (NodeView node : site.seen().nodes()) {
      if (!node.name().equals(to) && node.presence() == Presence.RUNNING) {
        parity(node, candidate, to, found);
      }
    }
    OptionalLong backlog = leader.number("archiver.backlog");
    if (backlog.orElse(0) > ARCHIVER_BACKLOG) {
      found.add(
          from
              + " has "
              + backlog.getAsLong()
              + " segments that are not archived yet (limit "
              + ARCHIVER_BACKLOG
              + ")");
    }
    return found;
  }

  static List<String> warnings(Site site, NodeName from) {
    List<String> warnings = new ArrayList<>();
    Facts leader = site.facts(from);
    for (int n = 1; n <= leader.count("long"); n++) {
      String row = "long." + n + ".";
      warnings.add(
          "a transaction of pid "
              + leader.text(row + "pid").orElse("?")
              + " on "
              + from
              + ", "
              + leader.number(row + "age").orElse(0) / 1000
              + " s old, will be ended");
    }
    if (leader.number("prepared.count").orElse(0) > 0) {
      warnings.add(
          leader.number("prepared.count").getAsLong()
              + " prepared transactions on "
              + from
              + " stay prepared and are to be ended on the new leader");
    }
    return warnings;
  }

  /** Senders and slots for everyone who will follow. */
  private static void room(Site site, NodeName to, Facts candidate, List<String> found) {
    long followers = site.seen().nodes().size() - 1L;
    candidate
        .number("setting.max_wal_senders")
        .ifPresent(
            most -> {
              if (most < followers + 1) {
                found.add(
                    to + " has max_wal_senders = " + most + " for " + followers + " followers");
              }
            });
    candidate
        .number("setting.max_replication_slots")
        .ifPresent(
            most -> {
              long others = slotsOfOthers(site, candidate);
              if (most - others < followers) {
                found.add(
                    to
                        + " has max_replication_slots = "
                        + most
                        + " for "
                        + followers
                        + " followers and "
                        + others
                        + " slots of others");
              }
            });
  }

  /** Slots that stay as they are; a follower's own, where it is there already, is used again. */
  private static long slotsOfOthers(Site site, Facts candidate) {
    List<String> own =
        site.seen().nodes().stream().map(NodeView::name).map(Conninfo::slot).toList();
    long others = 0;
    for (int n = 1; n <= candidate.count("slot"); n++) {
      if (candidate.text("slot." + n + ".name").filter(own::contains).isEmpty()) {
        others++;
      }
    }
    return others;
  }

  private static void parity(NodeView follower, Facts candidate, NodeName to, List<String> found) {
    Facts facts = follower.server().map(Server::facts).orElse(Facts.NONE);
    for (String setting : HOT_STANDBY) {
      // Who leads now is started again by that, and reads what its files say by then.
      OptionalLong after =
          follower.writable() ? facts.number("setting_after." + setting) : OptionalLong.empty();
      OptionalLong mine = after.isPresent() ? after : facts.number("setting." + setting);
      OptionalLong leading = candidate.number("setting." + setting);
      if (mine.isPresent() && leading.isPresent() && mine.getAsLong() < leading.getAsLong()) {
        found.add(
            follower.name()
                + " has "
                + setting
                + " = "
                + mine.getAsLong()
                + ", less than "
                + to
                + "'s "
                + leading.getAsLong()
                + ": it could not follow");
      }
    }
  }
}

package replctl.playbooks.engine.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.RejoinGoal;
import replctl.playbooks.engine.mysql.GtidSet.Run;
import replctl.playbooks.engine.mysql.GtidSet.Source;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.world.Facts;

/**
 * What a node that is to rejoin has, seen beside what its leader has: remains.sh and supply.sh.
 * Pure.
 */
record MysqlRemains(RejoinGoal goal) {
  /** The last number that a GTID can have (sql/rpl_gtid.h, GNO_END). */
  private static final long LAST = Long.MAX_VALUE - 1;

  Facts node() {
    return goal.site().facts(goal.node());
  }

  Facts leader() {
    return goal.site().facts(goal.leader());
  }

  Facts from() {
    return goal.site().facts(goal.from());
  }

  NodeName name() {
    return goal.node();
  }

  boolean absent() {
    return goal.seen().presence() == Presence.ABSENT;
  }

  boolean runs() {
    return goal.seen().presence() == Presence.RUNNING;
  }

  /** Whether a start would give a server that takes no writes; empty: it is not known. */
  Optional<Boolean> startsClosed() {
    return node().truth("closed");
  }

  /** Why what it has can't be told; empty: it can. */
  Optional<String> unknown() {
    if (absent() || executed().isPresent()) {
      return Optional.empty();
    }
    return node().text("has.why").or(() -> Optional.of("its host did not say"));
  }

  /** Whether its server itself said what it has. Its logs alone say at least that much. */
  boolean exact() {
    return node().truth("has.exact").orElse(false);
  }

  /** What it has applied, or written. */
  Optional<GtidSet> executed() {
    return node().truth("has.exact").isEmpty()
        ? Optional.empty()
        : GtidSet.parse(node().text("has.executed").orElse(""));
  }

  private GtidSet received() {
    return node().text("has.received").flatMap(GtidSet::parse).orElse(GtidSet.NONE);
  }

  /** The leader's set, asked after the node was where the node is to receive from it. */
  Optional<GtidSet> theirs() {
    Optional<GtidSet> before = leader().text("gtid.executed").flatMap(GtidSet::parse);
    return goal.from().equals(goal.leader())
        ? leader().text("now.executed").flatMap(GtidSet::parse).or(() -> before)
        : before;
  }

  /** Whatever the leader's own server may have made, or will. */
  private GtidSet byLeader() {
    SortedMap<Source, List<Run>> runs = new TreeMap<>();
    leaderUuid().ifPresent(u -> runs.put(new Source(u, ""), List.of(new Run(1, LAST))));
    return new GtidSet(runs);
  }

  private Optional<String> leaderUuid() {
    return uuid(leader());
  }

  /** The server's own name, in lower case. */
  static Optional<String> uuid(Facts facts) {
    return facts
        .text("sql.server_uuid")
        .or(() -> facts.text("server_uuid"))
        .map(t -> t.toLowerCase(Locale.ROOT));
  }

  /** What it has applied or written, and the leader has not. */
  GtidSet own() {
    return beyond(executed().orElse(GtidSet.NONE));
  }

  /** What it has received besides, has not applied, and the leader has not. */
  GtidSet waiting() {
    return beyond(received()).without(executed().orElse(GtidSet.NONE));
  }

  private GtidSet beyond(GtidSet has) {
    GtidSet alone = has.without(theirs().orElse(GtidSet.NONE));
    boolean askedBefore = leader().text("now.executed").isEmpty();
    // The leader was asked first, and may have gone on; or its commit waits to be acknowledged, and
    // is not in its gtid_executed yet.
    return askedBefore || streams() ? alone.without(byLeader()) : alone;
  }

  /** Whether it receives from the leader itself: whatever bears its name came from there. */
  private boolean streams() {
    Optional<Server> server = goal.seen().server();
    return server.flatMap(Server::streaming).orElse(false)
        && server.flatMap(Server::upstream).equals(Optional.of(goal.leader()));
  }

  /** Whether it has something that the leader has not. */
  boolean hasTail() {
    return !own().isEmpty() || !waiting().isEmpty();
  }

  /** What remains.sh compares with, before both were asked. */
  GtidSet surveyed() {
    GtidSet has = leader().text("gtid.executed").flatMap(GtidSet::parse).orElse(GtidSet.NONE);
    return runs() ? has.with(byLeader()) : has;
  }

  /** What the scripts of a plan compare with: the leader goes on meanwhile. */
  GtidSet compared() {
    GtidSet has = theirs().orElse(GtidSet.NONE);
    boolean leaderLost =
        leaderUuid().filter(u -> !own().with(waiting()).of(u).isEmpty()).isPresent();
    return leaderLost ? has : has.with(byLeader());
  }

  /** What the one to receive from has no more. */
  GtidSet purged() {
    return from()
        .text("now.purged")
        .or(() -> from().text("gtid.purged"))
        .flatMap(GtidSet::parse)
        .orElse(GtidSet.NONE);
  }

  /**
   * What it lacks and can't be sent. Of a server that does not run, what lies before the first that
   * its logs have of a source counts as had: that it was copied with.
   */
  GtidSet gone() {
    GtidSet has = executed().orElse(GtidSet.NONE);
    if (exact()) {
      return purged().without(waiting().isEmpty() ? has.with(received()) : has);
    }
    return purged().without(has.with(before(has)));
  }

  private static GtidSet before(GtidSet has) {
    SortedMap<Source, List<Run>> runs = new TreeMap<>();
    for (Map.Entry<Source, List<Run>> of : has.runs().entrySet()) {
      long first = of.getValue().get(0).first();
      if (first > 1) {
        runs.put(of.getKey(), new ArrayList<>(List.of(new Run(1, first - 1))));
      }
    }
    return new GtidSet(runs);
  }

  /** Whether all that it alone has applied or written was found in its logs, and read. */
  boolean wasRead() {
    boolean same = node().text("own.set").flatMap(GtidSet::parse).filter(own()::equals).isPresent();
    // One that is in no log of its own, since it came with a copy, was not read either.
    boolean all = node().number("own.transactions").orElse(0) == own().count();
    return own().isEmpty() || (same && all && node().truth("own.whole").orElse(false));
  }

  /** Whether all of that changed nothing that anybody would miss. */
  boolean harmless() {
    return wasRead() && node().truth("own.harmless").orElse(false);
  }

  /** What of it its logs have no more. */
  GtidSet lost() {
    return node().text("own.purged").flatMap(GtidSet::parse).orElse(GtidSet.NONE);
  }

  /** Whether its old data can be kept beside; what is not known is seen when it is done. */
  boolean hasRoom() {
    OptionalLong takes = takes();
    OptionalLong free = free();
    return takes.isEmpty() || free.isEmpty() || takes.getAsLong() < free.getAsLong();
  }

  /** Bytes of its data, with a twentieth more. */
  OptionalLong takes() {
    OptionalLong bytes = node().number("data.bytes");
    return bytes.isPresent()
        ? OptionalLong.of(bytes.getAsLong() + bytes.getAsLong() / 20)
        : OptionalLong.empty();
  }

  /** Bytes that are free where it would be kept. */
  OptionalLong free() {
    return node().number("aside.free");
  }

  /** Whether its whole old data is kept before a copy replaces it. */
  boolean keepsData() {
    return !absent() && !(goal.replace() && !hasRoom());
  }
}

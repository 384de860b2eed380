package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.Archive;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Value;

/** Steps by which one node comes to follow another. */
record Follow(SetupGoal goal, Scripts scripts, NodeName node, NodeName from) {
  private static final Duration QUICK = Duration.ofSeconds(30);
  private static final Duration STREAMING = Duration.ofMinutes(2);

  /** A week of log, fetched and applied: a limit, not an estimate. */
  static final Duration CATCHING_UP = Duration.ofDays(1);

  /** A limit, not an estimate: terabytes over a slow link. */
  private static final Duration COPYING = Duration.ofDays(7);

  // pg_basebackup: --max-rate is between 32 kB and 1 GB.
  private static final long LEAST_RATE = 32;
  private static final long MOST_RATE = 1024 * 1024;

  /** The slot that keeps the log, from before the copy begins. */
  Step slot() {
    return scripts
        .onData(
            "slot-" + node,
            "keep the log for " + node + " in slot " + Conninfo.slot(node) + " of " + from,
            from,
            "slot",
            onUpstream(Conninfo.slot(node)),
            QUICK)
        .undoneBy(scripts.perform(from, "drop-slot", dropped()));
  }

  /** The copy, in its place but not started. */
  Step copy() {
    Map<String, Value> values = new TreeMap<>();
    values.put("conninfo", Value.of(conninfo()));
    values.put("slot", Value.of(Conninfo.slot(node)));
    values.put("copies", scripts.identity());
    values.put("tablespaces", new Value.Known("slot-" + node, "tablespaces"));
    values.put("wal", new Value.Known("slot-" + node, "wal"));
    values.put("same_host", Value.of(sameHost() ? "yes" : "no"));
    values.put("sync_names", Value.of(Durability.of(goal, node).names()));
    values.put("sync_commit", Value.of(Durability.of(goal, node).commit()));
    values.put("rate", Value.of(rate()));
    backup()
        .ifPresent(
            label -> {
              values.put("stanza", Value.of(stanza().orElseThrow()));
              values.put("backup", Value.of(label));
            });
    return scripts
        .step("copy-" + node, copying(), node, "copy", values, COPYING)
        .undoneBy(scripts.perform(node, "drop-copy", Map.of()));
  }

  private Optional<String> stanza() {
    return goal.site().cluster().archive().flatMap(Archive::stanza);
  }

  private Backups backups() {
    return Backups.of(goal.site().facts(node), goal.site().facts(goal.leader()));
  }

  /** What the copy is made from instead of the other node. */
  private Optional<String> backup() {
    return stanza().flatMap(s -> backups().label());
  }

  private String copying() {
    String place = scripts.layout(node).data() + " of " + node;
    return backup()
        .map(label -> "restore backup " + label + " of " + stanza().orElse("") + " to " + place)
        .orElseGet(
            () ->
                "copy "
                    + from
                    + " to "
                    + place
                    + stanza()
                        .map(s -> " (no backup of stanza " + s + ": " + backups().why() + ")")
                        .orElse(""));
  }

  /** How a copy that was just made and started comes to stream. */
  Step followsAsCopied() {
    return backup().isPresent() ? catchUp(CATCHING_UP) : follow();
  }

  /** It streams from there. */
  Step follow() {
    Map<String, Value> values = scripts.following(node, from, conninfo(), STREAMING);
    values.put("start", Value.of("no"));
    return scripts.onData(
        "follow-" + node,
        "let " + node + " stream from " + from,
        node,
        "follow",
        values,
        STREAMING.plus(QUICK));
  }

  /**
   * The same where its upstream has no more the log that it needs, and an archive has.
   *
   * @param limit how long that may take as long as it gets on
   */
  Step catchUp(Duration limit) {
    Map<String, Value> values = scripts.following(node, from, conninfo(), STREAMING);
    values.put("start", Value.of("no"));
    values.put("fetches", Value.of("yes"));
    return scripts.onData(
        "follow-" + node,
        "let " + node + " fetch log from the archive, then stream from " + from,
        node,
        "follow",
        values,
        limit);
  }

  /** The slot that the follower used before: an idle slot would keep the log for ever. */
  Optional<Step> dropOldSlot() {
    return goal.site()
        .facts(node)
        .text("upstream.slot")
        .filter(slot -> !slot.equals(Conninfo.slot(node)))
        .filter(
            slot -> goal.seen(node).server().flatMap(s -> s.upstream()).equals(Optional.of(from)))
        .map(
            slot ->
                scripts.onData(
                    "drop-old-slot-" + node,
                    "drop the slot " + slot + " of " + from + ", which " + node + " no longer uses",
                    from,
                    "drop-slot",
                    onUpstream(slot),
                    QUICK));
  }

  private String conninfo() {
    return Conninfo.text(goal.site(), node, from, scripts.layout(node).state());
  }

  /** Several followers' steps may ask for the upstream's lock at once: they wait for each other. */
  private Map<String, Value> onUpstream(String slot) {
    return Map.of("slot", Value.of(slot), "lock_wait", Value.of("60"));
  }

  /** A follower that streams already keeps its slot. */
  private Map<String, Value> dropped() {
    Map<String, Value> values = new TreeMap<>(onUpstream(Conninfo.slot(node)));
    values.put("keep_active", Value.of("yes"));
    return values;
  }

  private boolean sameHost() {
    Facts here = goal.site().facts(node);
    return here.text("machine_id").isPresent()
        && here.text("machine_id").equals(goal.site().facts(from).text("machine_id"));
  }

  private String rate() {
    long bytes = goal.site().cluster().replication().cloneRate();
    return bytes == 0 ? "" : Long.toString(Math.min(MOST_RATE, Math.max(LEAST_RATE, bytes / 1024)));
  }
}

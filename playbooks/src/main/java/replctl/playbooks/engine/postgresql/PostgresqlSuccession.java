package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.Succession;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** How PostgreSQL's leadership is handed over, step by step. */
public final class PostgresqlSuccession implements Succession {
  private static final Duration QUICK = Duration.ofSeconds(30);
  private static final Duration CHECKPOINT = Duration.ofMinutes(10);
  private static final Duration STREAMING = Duration.ofMinutes(2);

  /**
   * A fast stop waits for sessions to end and for the checkpoint: 0.06 to 0.08 s were measured
   * after two checkpoints. A minute is for slow disks.
   */
  private static final Duration FREEZE = Duration.ofSeconds(60);

  /** Between the freeze and this, writes stand still: then they go on at the old leader. */
  private static final Duration CATCH_UP = Duration.ofSeconds(20);

  /**
   * A replay that applies nothing for so long has something in its way, and may stand for
   * max_standby_streaming_delay (30 s by default) or for ever.
   */
  private static final Duration STALLED = Duration.ofSeconds(5);

  private static final Duration OPEN = Duration.ofSeconds(45);

  /** A resident that hears nothing for so long leaves, and frees its host's lock. */
  private static final Duration LEASE = Duration.ofSeconds(10);

  /**
   * A follower that takes nothing, such as a frozen host, holds up a fast stop for
   * wal_sender_timeout: 55 s were seen with the default of 60 s, 0.6 s with 2 s.
   */
  private static final String SENDER_TIMEOUT = "2000ms";

  /** What scripts are told of where a server lies; the survey finds it under the same names. */
  private static final List<String> LAYOUT =
      List.of(
          "data_directory",
          "config_directory",
          "bin_directory",
          "service",
          "socket_directory",
          "state_directory");

  @Override
  public List<String> objections(Site site, NodeName from, NodeName to) {
    return SuccessionObjections.of(site, from, to);
  }

  @Override
  public Acks acks(Site site, NodeName leading) {
    return PostgresqlAcks.configured(site.facts(leading), site.cluster());
  }

  @Override
  public List<String> warnings(Site site, NodeName from, NodeName to) {
    return SuccessionObjections.warnings(site, from);
  }

  @Override
  public List<Lane> prepare(Site site, NodeName from, NodeName to, List<NodeName> followers) {
    Scripts scripts = new Scripts(site, from);
    List<Lane> lanes = new ArrayList<>();
    List<Step> candidate = new ArrayList<>();
    for (NodeName follower : followers) {
      candidate.add(slot(scripts, follower, to));
    }
    lanes.add(new Lane(candidate));
    for (NodeName follower : followers) {
      if (site.seen(follower).presence() == Presence.RUNNING) {
        lanes.add(Lane.of(mayFollow(scripts, follower, to)));
      }
    }
    lanes.add(Lane.of(senderTimeout(scripts, from)));
    return lanes;
  }

  @Override
  public Action.Handover handover(Site site, NodeName from, NodeName to, List<NodeName> others) {
    Scripts scripts = new Scripts(site, from);
    Map<String, Value> values = new TreeMap<>();
    values.put("identity", scripts.identity());
    values.put("lease", PostgresqlSetup.seconds(LEASE));
    values.put("freeze_seconds", PostgresqlSetup.seconds(FREEZE));
    values.put("stalled_seconds", PostgresqlSetup.seconds(STALLED));
    values.put("start_seconds", PostgresqlSetup.seconds(OPEN));
    values.put("checkpoint_seconds", PostgresqlSetup.seconds(CHECKPOINT.dividedBy(2)));
    return new Action.Handover(
        from,
        to,
        scripts.perform(from, "handover-closing", values).as(ScriptCall.Mode.RESIDENT),
        scripts.perform(to, "handover-opening", values).as(ScriptCall.Mode.RESIDENT),
        following(site, to, others),
        FREEZE.plus(QUICK),
        CATCH_UP,
        OPEN,
        LEASE);
  }

  private static Map<NodeName, ScriptCall> following(
      Site site, NodeName to, List<NodeName> others) {
    Scripts scripts = new Scripts(site, to);
    Map<NodeName, ScriptCall> following = new TreeMap<>();
    for (NodeName follower : others) {
      if (site.seen(follower).presence() == Presence.RUNNING) {
        Map<String, Value> values = following(scripts, follower, to, "no", Map.of());
        values.put("lease", PostgresqlSetup.seconds(LEASE));
        following.put(
            follower, scripts.perform(follower, "follow", values).as(ScriptCall.Mode.RESIDENT));
      }
    }
    return following;
  }

  /**
   * Where the server of a host that did not answer lies is found by a step of its own, whose facts
   * the next one takes.
   */
  @Override
  public List<Step> repoint(Site site, NodeName follower, NodeName to) {
    Scripts scripts = new Scripts(site, to);
    String title = "let " + follower + " follow " + to;
    if (site.seen(follower).contact().answered()) {
      return List.of(follow(scripts, follower, to, title, "later", Map.of()));
    }
    ScriptCall look = new PostgresqlSurvey().question(site.cluster(), site.declared(follower));
    Step find =
        Step.of(
            "find-" + follower, "find " + follower + "'s server", Place.on(follower), look, QUICK);
    Map<String, Value> found = new TreeMap<>();
    LAYOUT.forEach(name -> found.put(name, new Value.Known(find.name(), name)));
    return List.of(find, follow(scripts, follower, to, title, "later", found));
  }

  @Override
  public List<Step> comeBack(Site site, NodeName old, NodeName to) {
    return List.of(
        follow(
            new Scripts(site, to),
            old,
            to,
            "start " + old + " as a follower of " + to,
            "yes",
            Map.of()));
  }

  @Override
  public List<Lane> finish(Site site, NodeName from, NodeName to, List<NodeName> followers) {
    Scripts scripts = new Scripts(site, to);
    Step checkpoint =
        scripts.step(
            "checkpoint-" + to,
            "write a checkpoint on " + to,
            to,
            "checkpoint",
            identity(scripts, Map.of()),
            CHECKPOINT);
    // A follower's slot on what is now a follower would keep the log for ever.
    List<NodeName> had = new ArrayList<>(followers);
    had.remove(from);
    had.add(to);
    String slots = had.stream().map(Conninfo::slot).collect(Collectors.joining(" "));
    Step drop =
        scripts.step(
            "drop-slots",
            "drop the slots of its followers on " + from,
            from,
            "drop-slot",
            identity(scripts, Map.of("slot", Value.of(slots))),
            QUICK);
    Step timeout =
        scripts.step(
            "sender-timeout-back",
            "set " + from + "'s wal_sender_timeout back",
            from,
            "sender-timeout",
            identity(scripts, Map.of("wanted", Value.of(""))),
            QUICK);
    return List.of(Lane.of(checkpoint), new Lane(List.of(drop, timeout)));
  }

  private static Step slot(Scripts scripts, NodeName follower, NodeName to) {
    Map<String, Value> values =
        identity(scripts, Map.of("slot", Value.of(Conninfo.slot(follower))));
    return scripts
        .step(
            "slot-" + follower,
            "keep the log for " + follower + " on " + to,
            to,
            "slot",
            values,
            QUICK)
        .undoneBy(scripts.perform(to, "drop-slot", keepingActive(values)));
  }

  /**
   * A follower that cascades from the candidate streams through a slot of that name all the time.
   */
  private static Map<String, Value> keepingActive(Map<String, Value> values) {
    Map<String, Value> all = new TreeMap<>(values);
    all.put("keep_active", Value.of("yes"));
    return all;
  }

  private static Step mayFollow(Scripts scripts, NodeName follower, NodeName to) {
    String state = scripts.layout(follower).state();
    Map<String, Value> values = new TreeMap<>();
    values.put("conninfo", Value.of(Conninfo.text(scripts.site(), follower, to, state)));
    return scripts.step(
        "login-" + follower,
        "see that " + follower + " can log in to " + to,
        follower,
        "may-follow",
        waiting(identity(scripts, values)),
        QUICK);
  }

  private static Step senderTimeout(Scripts scripts, NodeName from) {
    return scripts
        .step(
            "sender-timeout",
            "lower " + from + "'s wal_sender_timeout to 2 s",
            from,
            "sender-timeout",
            waiting(identity(scripts, Map.of("wanted", Value.of(SENDER_TIMEOUT)))),
            QUICK)
        .undoneBy(
            scripts.perform(
                from, "sender-timeout", identity(scripts, Map.of("wanted", Value.of("")))));
  }

  private static Step follow(
      Scripts scripts,
      NodeName node,
      NodeName to,
      String title,
      String start,
      Map<String, Value> found) {
    return scripts.step(
        "follow-" + node,
        title,
        node,
        "follow",
        following(scripts, node, to, start, found),
        STREAMING.plus(QUICK));
  }

  private static Map<String, Value> following(
      Scripts scripts, NodeName node, NodeName to, String start, Map<String, Value> found) {
    String state = found.isEmpty() ? scripts.layout(node).state() : Conninfo.STATE;
    String conninfo = Conninfo.text(scripts.site(), node, to, state);
    Map<String, Value> values = scripts.following(node, to, conninfo, STREAMING);
    values.putAll(found);
    values.put("start", Value.of(start));
    return identity(scripts, values);
  }

  /**
   * Two steps on the leader's host go side by side, and one of them waits up to 2 s for a follower
   * that does not answer: the other must not take that for another operation.
   */
  private static Map<String, Value> waiting(Map<String, Value> values) {
    Map<String, Value> all = new TreeMap<>(values);
    all.put("lock_wait", Value.of("15"));
    return all;
  }

  private static Map<String, Value> identity(Scripts scripts, Map<String, Value> values) {
    Map<String, Value> all = new TreeMap<>(values);
    all.put("identity", scripts.identity());
    return all;
  }
}

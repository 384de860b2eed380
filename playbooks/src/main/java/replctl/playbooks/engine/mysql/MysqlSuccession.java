package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.Succession;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** How MySQL's leadership is handed over, step by step. */
public final class MysqlSuccession implements Succession {
  private static final Duration QUICK = Duration.ofSeconds(30);

  /**
   * Statements and commits under way are waited for so long, and new ones wait meanwhile: 4 ms were
   * measured where nobody holds a lock.
   */
  private static final Duration FREEZE = Duration.ofSeconds(2);

  /** Between the freeze and this, writes stand still: then they go on at the old leader. */
  private static final Duration CATCH_UP = Duration.ofSeconds(20);

  /** An applier that applies nothing for so long has something in its way. */
  private static final Duration STALLED = Duration.ofSeconds(5);

  /** The old leader's server may have to be started for it, when a hand-over is taken back. */
  private static final Duration OPEN = Duration.ofSeconds(45);

  /** A resident that hears nothing for so long leaves, and frees its host's lock. */
  private static final Duration LEASE = Duration.ofSeconds(10);

  /** What scripts are told of where a server lies; the survey finds it under the same names. */
  private static final List<String> LAYOUT =
      List.of("data_directory", "bin_directory", "client", "service", "socket", "state_directory");

  @Override
  public List<String> objections(Site site, NodeName from, NodeName to) {
    return MysqlSuccessionObjections.of(site, from, to);
  }

  @Override
  public Acks acks(Site site, NodeName leading) {
    return MysqlDurability.read(site.facts(leading), site.cluster())
        .map(MysqlDurability::acks)
        .orElse(Acks.NONE);
  }

  @Override
  public List<String> warnings(Site site, NodeName from, NodeName to) {
    return MysqlSuccessionObjections.warnings(site, from, to);
  }

  @Override
  public List<Lane> prepare(Site site, NodeName from, NodeName to, List<NodeName> followers) {
    MysqlScripts scripts = new MysqlScripts(site, from);
    List<Lane> lanes = new ArrayList<>();
    for (NodeName follower : followers) {
      if (site.seen(follower).presence() == Presence.RUNNING) {
        lanes.add(
            Lane.of(
                scripts.onData(
                    "login-" + follower,
                    "see that " + follower + " can log in to " + to,
                    follower,
                    "may-follow",
                    scripts.following(follower, to, QUICK),
                    QUICK)));
      }
    }
    return lanes;
  }

  @Override
  public Action.Handover handover(Site site, NodeName from, NodeName to, List<NodeName> others) {
    MysqlScripts scripts = new MysqlScripts(site, from);
    Map<String, Value> values = new TreeMap<>();
    values.put("lease", MysqlScripts.seconds(LEASE));
    values.put("freeze_seconds", MysqlScripts.seconds(FREEZE));
    values.put("stalled_seconds", MysqlScripts.seconds(STALLED));
    values.put("start_seconds", MysqlScripts.seconds(OPEN));
    values.put("scheduler", Value.of(isScheduled(site.facts(from)) ? "yes" : "no"));
    Map<NodeName, ScriptCall> following = new TreeMap<>();
    for (NodeName follower : others) {
      if (site.seen(follower).presence() == Presence.RUNNING) {
        following.put(follower, new MysqlFollow(scripts, follower, to).resident(LEASE));
      }
    }
    return new Action.Handover(
        from,
        to,
        scripts.performOnData(from, "handover-closing", values).as(ScriptCall.Mode.RESIDENT),
        scripts.performOnData(to, "handover-opening", values).as(ScriptCall.Mode.RESIDENT),
        following,
        FREEZE.plus(QUICK),
        CATCH_UP,
        OPEN,
        LEASE);
  }

  /**
   * Where the server of a host that did not answer lies is found by a step of its own, whose facts
   * the next one takes.
   */
  @Override
  public List<Step> repoint(Site site, NodeName follower, NodeName to) {
    MysqlFollow follow = new MysqlFollow(new MysqlScripts(site, to), follower, to);
    String title = "let " + follower + " follow " + to;
    if (site.seen(follower).contact().answered()) {
      return List.of(follow.follow(title, MysqlFollow.Stopped.TOLD, Map.of()));
    }
    ScriptCall look = new MysqlSurvey().question(site.cluster(), site.declared(follower));
    Step find =
        Step.of(
            "find-" + follower, "find " + follower + "'s server", Place.on(follower), look, QUICK);
    Map<String, Value> found = new TreeMap<>();
    LAYOUT.forEach(name -> found.put(name, new Value.Known(find.name(), name)));
    return List.of(find, follow.follow(title, MysqlFollow.Stopped.TOLD, found));
  }

  @Override
  public List<Step> comeBack(Site site, NodeName old, NodeName to) {
    MysqlScripts scripts = new MysqlScripts(site, to);
    return List.of(
        new MysqlFollow(scripts, old, to)
            .follow("let " + old + " follow " + to, MysqlFollow.Stopped.STARTED, Map.of()),
        scripts.onData(
            "step-down-" + old,
            "end what is left of the sessions that wrote on " + old,
            old,
            "step-down",
            Map.of(),
            QUICK));
  }

  @Override
  public List<Lane> finish(Site site, NodeName from, NodeName to, List<NodeName> followers) {
    Facts leader = site.facts(from);
    List<String> events = MysqlSuccessionObjections.events(leader);
    Map<String, Value> values = new TreeMap<>();
    values.put("events", Value.of(String.join(" ", events)));
    values.put("scheduler", Value.of(isScheduled(leader) ? "yes" : "no"));
    String title =
        events.isEmpty()
            ? "forget the channel by which " + to + " followed"
            : "enable on " + to + " what ran on " + from + ": events, " + events.size();
    return List.of(
        Lane.of(new MysqlScripts(site, to).onData("lead-" + to, title, to, "lead", values, QUICK)));
  }

  /** Whether its events run. */
  private static boolean isScheduled(Facts leader) {
    return leader.text("setting.event_scheduler").filter("ON"::equals).isPresent();
  }
}

package replctl.playbooks.verb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.fence.Devices;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Power;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/**
 * Gives a node its power back and takes its start block away; it opens nothing. Pure: what was seen
 * in, a plan out.
 */
public final class Unfence {
  /** Servers with much memory take minutes until they boot. */
  static final Duration BOOT = Duration.ofMinutes(10);

  private static final Duration QUICK = Duration.ofSeconds(30);

  private final Engine engine;

  public Unfence(Engine engine) {
    this.engine = engine;
  }

  /** Decides. */
  public Decision decide(Cluster cluster, Snapshot seen, String op, NodeName name) {
    Site site = new Site(cluster, seen);
    Node node = site.declared(name);
    boolean answers = seen.node(name).contact().answered();
    List<Step> power = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    if (!answers) {
      if (node.fence().isEmpty()) {
        warnings.add(
            name + " has no fence device: it is waited for, and must be switched on by hand");
      }
      power.add(on(node));
      warnings.add(
          name
              + " boots, and its service manager may start its server: what it is then, its own"
              + " start block or guard decides");
    }
    return Voted.of(
        new Plan(
            op,
            "unfence " + name,
            cluster.name(),
            Bases.of(seen),
            warnings,
            List.of(
                Phase.inOrder("power " + name + " on", power),
                Phase.inOrder("lift the start block of " + name, lift(site, name)))),
        site,
        Electorates.Wish.CLOSING);
  }

  /** The step that gives power, and waits until the host answers. */
  static Step on(Node node) {
    Duration limit = Devices.limit(node, Closing.POWER);
    long devices = node.fence().stream().mapToLong(level -> level.devices().size()).sum();
    return new Step(
        "power-" + node.name(),
        "switch " + node.name() + " on, and wait until its host answers",
        Place.on(node.name()),
        new Action.Power(node.name(), Devices.of(node), Power.Wish.ON, limit, BOOT),
        Optional.empty(),
        limit.multipliedBy(devices).plus(BOOT),
        Step.OnFailure.STOP);
  }

  private List<Step> lift(Site site, NodeName name) {
    List<Step> steps = new ArrayList<>();
    ScriptCall lift = engine.fencing().lift(site, name);
    Optional<Action.Look> look = engine.fencing().look(site, name);
    if (look.isPresent()) {
      Step find =
          Step.of(
              "find-" + name,
              "find " + name + "'s server",
              Place.on(name),
              look.get().question(),
              QUICK);
      steps.add(find);
      for (String fact : look.get().found()) {
        lift = lift.with(fact, new Value.Known(find.name(), fact));
      }
    }
    steps.add(
        Step.of(
            "lift-" + name,
            "let " + name + "'s server be started again; open nothing",
            Place.on(name),
            lift,
            QUICK));
    return steps;
  }
}

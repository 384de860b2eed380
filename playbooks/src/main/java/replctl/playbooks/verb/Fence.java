package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import replctl.inventory.Cluster;
import replctl.inventory.Fencing;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.Snapshot;

/** Closes one node. Pure: what was seen in, a plan or a refusal out. */
public final class Fence {
  /**
   * What the operator has typed.
   *
   * @param powerOnly the power goes off whether the host would stop itself or not
   * @param stopsWrites the node once more: it leads, and is to be closed all the same
   * @param confirmed who has seen that the node is off, and where it was typed
   */
  public record Options(
      boolean powerOnly, Optional<NodeName> stopsWrites, Optional<String> confirmed) {}

  private final Engine engine;

  public Fence(Engine engine) {
    this.engine = engine;
  }

  /** Decides. */
  public Decision decide(
      Cluster cluster, Snapshot seen, String op, NodeName node, Options options) {
    Site site = new Site(cluster, seen);
    boolean leads = seen.node(node).writable();
    if (leads && !options.stopsWrites().equals(Optional.of(node))) {
      return Decision.of(
          Refusal.of(
              Refusal.Code.E_CONFIRM_01,
              node + " leads: once it is closed nobody takes writes, until another node leads.",
              "replctl switchover, which hands leadership over without a loss",
              "replctl fence " + node + " --stop-writes " + node));
    }
    if (options.powerOnly() && site.declared(node).fence().isEmpty()) {
      return Decision.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              node + " has no fence device in the inventory.",
              "replctl fence " + node));
    }
    Set<Fencing.Strength> accept =
        options.powerOnly() ? Set.of(Fencing.Strength.POWER) : cluster.fencing().accept();
    List<String> warnings = new ArrayList<>();
    if (leads) {
      warnings.add(node + " leads: writes stop, until another node leads");
    }
    Acknowledging.left(seen, node)
        .filter(Acknowledging::waits)
        .ifPresent(left -> warnings.add(left.words(node)));
    Plan plan =
        new Plan(
            op,
            "fence " + node,
            cluster.name(),
            Bases.of(seen),
            warnings,
            List.of(
                Phase.inOrder(
                    "close " + node,
                    List.of(Closing.step(engine, site, node, accept, options.confirmed())))));
    return Voted.of(Paying.afterClosing(engine, site, plan, node), site, Electorates.Wish.CLOSING);
  }
}

package replctl.playbooks.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Rejoin;
import replctl.playbooks.engine.RejoinGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.World;

/** Asks a node what it has, and then the one that it is to follow what that still has for it. */
public final class RejoinLook {
  private RejoinLook() {}

  /**
   * The same goal with more facts. A host that does not answer this counts as one that did not
   * answer: nothing is decided on half of what is to be known.
   *
   * @param perNode how long each of the two may take
   */
  public static RejoinGoal look(World world, Rejoin rejoin, RejoinGoal goal, Duration perNode) {
    RejoinGoal node = asked(world, goal, goal.node(), rejoin.remains(goal), perNode);
    return asked(world, node, goal.from(), rejoin.supply(node), perNode);
  }

  private static RejoinGoal asked(
      World world, RejoinGoal goal, NodeName name, ScriptCall question, Duration perNode) {
    Snapshot seen = goal.site().seen();
    Answer answer = world.hosts().run(Place.on(name), question, world.clock().in(perNode));
    List<NodeView> views = new ArrayList<>();
    for (NodeView view : seen.nodes()) {
      views.add(
          view.name().equals(name)
              ? view.server().map(s -> SetupLook.more(view, s, answer)).orElse(view)
              : view);
    }
    return goal.with(new Site(goal.site().cluster(), seen.of(views)));
  }
}

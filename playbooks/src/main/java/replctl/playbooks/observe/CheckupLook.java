package replctl.playbooks.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Checkup;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/** Asks hosts what a checkup wants to know beyond the survey, all at the same time. */
public final class CheckupLook {
  /** Its script does more than a survey: sudo alone is asked a dozen times. */
  private static final int LONGER = 2;

  private CheckupLook() {}

  /**
   * The same snapshot with more facts. A host that answered the survey and not this stays as it was
   * seen, and its facts say that it was not asked further.
   *
   * @param perNode how long a look may take each node; this may take twice that
   */
  public static Snapshot look(
      World world, Checkup checkup, Cluster cluster, Snapshot seen, Duration perNode) {
    Duration limit = perNode.multipliedBy(LONGER);
    List<NodeName> answering =
        seen.nodes().stream()
            .filter(n -> n.contact().answered() && n.server().isPresent())
            .map(NodeView::name)
            .toList();
    if (answering.isEmpty()) {
      return seen;
    }
    Map<NodeName, Optional<Answer>> heard =
        world
            .fanout()
            .each(
                answering,
                n ->
                    world
                        .hosts()
                        .run(
                            Place.on(n),
                            call(checkup, cluster, seen, n)
                                .with(
                                    "limit",
                                    Value.of(Long.toString(Math.max(1, perNode.toSeconds())))),
                            world.clock().in(limit)),
                world.clock().in(limit.plusMillis(300)));
    List<NodeView> views = new ArrayList<>();
    for (NodeView view : seen.nodes()) {
      Answer answer =
          heard
              .getOrDefault(view.name(), Optional.empty())
              .orElseGet(() -> Answer.unknown(Trouble.OVERDUE, "no answer before the deadline"));
      views.add(
          answering.contains(view.name())
              ? SetupLook.more(view, view.server().orElseThrow(), told(answer))
              : view);
    }
    return seen.of(views);
  }

  private static ScriptCall call(Checkup checkup, Cluster cluster, Snapshot seen, NodeName node) {
    return checkup.question(
        cluster, cluster.node(node).orElseThrow(), seen.node(node).server().orElseThrow().facts());
  }

  private static Answer told(Answer answer) {
    return answer.isDone()
        ? answer
        : new Answer.Done(Facts.of(Map.of(HostFact.UNASKED + "checkup", answer.words())));
  }
}

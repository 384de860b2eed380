package replctl.playbooks.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.World;

/** Asks hosts for more than a survey tells, all at the same time. */
final class FurtherLook {
  private FurtherLook() {}

  /**
   * The same snapshot with more facts. A host that answered the survey and not this stays as it was
   * seen, and its facts say that it was not asked further.
   *
   * @param what it is about: that fact is {@code unasked.WHAT}
   * @param limit how long each node may take
   */
  static Snapshot look(
      World world,
      Snapshot seen,
      String what,
      Function<NodeView, ScriptCall> question,
      Duration limit) {
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
                        .run(Place.on(n), question.apply(seen.node(n)), world.clock().in(limit)),
                world.clock().in(limit.plusMillis(300)));
    List<NodeView> views = new ArrayList<>();
    for (NodeView view : seen.nodes()) {
      Answer answer =
          heard
              .getOrDefault(view.name(), Optional.empty())
              .orElseGet(() -> Answer.unknown(Trouble.OVERDUE, "no answer before the deadline"));
      views.add(
          answering.contains(view.name())
              ? SetupLook.more(view, view.server().orElseThrow(), told(what, answer))
              : view);
    }
    return seen.of(views);
  }

  private static Answer told(String what, Answer answer) {
    return answer.isDone()
        ? answer
        : new Answer.Done(Facts.of(Map.of(HostFact.UNASKED + what, answer.words())));
  }
}

package replctl.playbooks.decide.candidate;

import java.util.Optional;
import replctl.playbooks.snapshot.NodeView;

/** The host of the node that leads answers, so that it can be closed. */
final class LeaderAnswers implements Rule {
  @Override
  public String name() {
    return "leader-answers";
  }

  @Override
  public String meaning() {
    return "The host of the node that leads answers, so that it can be closed.";
  }

  @Override
  public Check check(Question question) {
    Optional<NodeView> leader = question.leader();
    if (leader.isEmpty()) {
      return Check.unknown("no node is seen to lead");
    }
    return leader.get().contact().answered()
        ? Check.pass(leader.get().name() + " answers")
        : Check.fail(
            leader.get().name() + " leads and can't be closed: " + leader.get().contact().words());
  }
}

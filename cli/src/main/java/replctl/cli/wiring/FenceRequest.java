package replctl.cli.wiring;

import java.time.Duration;
import java.util.Optional;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.inventory.NodeName;
import replctl.playbooks.verb.Fence;

/**
 * A node is to be closed.
 *
 * @param power only a power that is off counts
 * @param stopWrites the node as typed once more: it leads
 * @param confirmFenced the node as typed once more: it was seen to be off
 */
public record FenceRequest(
    NodeName node, boolean power, Optional<String> stopWrites, Optional<String> confirmFenced)
    implements Request {
  @Override
  public Asked ask(Session session, Duration perNode) {
    same("--stop-writes", stopWrites);
    same("--confirm-fenced", confirmFenced);
    return Asked.of(
        new Fence(session.engine())
            .decide(
                session.cluster(),
                session.look(perNode),
                session.world().ids().operation(),
                node,
                new Fence.Options(
                    power,
                    stopWrites.map(NodeName::new),
                    confirmFenced.map(n -> Operator.words()))));
  }

  /** What is typed twice is meant. */
  private void same(String option, Optional<String> typed) {
    if (typed.isPresent() && !typed.get().equals(node.value())) {
      throw Failure.of(
          ExitCode.USAGE,
          option + " names " + typed.get() + ", and it is " + node + " that is to be closed");
    }
  }
}

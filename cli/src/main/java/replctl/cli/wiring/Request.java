package replctl.cli.wiring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Drift;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.verb.Decision;

/** What an operator asks for that changes a cluster. */
public interface Request {
  /**
   * Looks and decides. Changes nothing.
   *
   * @param perNode how long each node may take
   */
  Asked ask(Session session, Duration perNode);

  /** What must be there before the plan runs, and is no step of it. */
  default void prepare(Session session) {}

  /**
   * What is asked for next, once its plan is done: an operation of its own.
   *
   * @param done the whole plan, as it was run
   */
  default Optional<Request> after(Plan done) {
    return Optional.empty();
  }

  /**
   * A plan or a no, and what would be changed on each node.
   *
   * @param drift empty where that is not told apart by node
   */
  record Asked(Decision decision, Map<NodeName, List<Drift>> drift) {
    public Asked {
      drift = Map.copyOf(drift);
    }

    /** Without more words. */
    static Asked of(Decision decision) {
      return new Asked(decision, Map.of());
    }
  }
}

package replctl.cli.wiring;

import java.time.Duration;
import replctl.playbooks.run.Continuation;
import replctl.playbooks.verb.Restart;
import replctl.playbooks.verb.SetParameters;

/** How operations of more than one plan go on, whoever resumes them. */
public final class Sequels {
  private Sequels() {}

  /**
   * For the operations of that session's cluster.
   *
   * @param perNode how long each node may take to answer once more
   */
  public static Continuation of(Session session, Duration perNode) {
    return (plan, found) ->
        switch (plan.verb()) {
          case "failover" -> FailoverRequest.next(session, perNode, plan, found);
          case Restart.VERB, SetParameters.VERB -> RestartRequest.next(session, perNode, plan);
          default -> Continuation.NONE.next(plan, found);
        };
  }
}

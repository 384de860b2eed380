package replctl.cli.wiring;

import replctl.playbooks.run.Continuation;

/** How operations of more than one plan go on, whoever resumes them. */
public final class Sequels {
  private Sequels() {}

  /** For the operations of that session's cluster. */
  public static Continuation of(Session session) {
    return (plan, found) ->
        switch (plan.verb()) {
          case "failover" -> FailoverRequest.next(session, plan, found);
          default -> Continuation.NONE.next(plan, found);
        };
  }
}

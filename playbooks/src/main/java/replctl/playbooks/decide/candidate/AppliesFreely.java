package replctl.playbooks.decide.candidate;

import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.Server;

/** Nothing holds back what it applies. */
final class AppliesFreely implements Rule {
  @Override
  public String name() {
    return "applies-freely";
  }

  @Override
  public String meaning() {
    return "Nothing holds back what it applies.";
  }

  @Override
  public Check check(Question question) {
    if (question.declared().delay().isPresent()) {
      return Check.fail("the inventory delays it");
    }
    Lag lag = question.server().map(Server::lag).orElse(Lag.UNKNOWN);
    return switch (lag.cause()) {
      case PAUSED -> Check.fail(lag.why().orElse("replay is paused"));
      case DELAY -> Check.fail("it applies with a delay");
      case QUERY -> Check.fail(lag.why().orElse("a query holds replay"));
      case NOT_STREAMING, UNKNOWN -> Check.unknown(lag.why().orElse("not known"));
      case NONE, LINK, APPLY -> Check.pass("nothing holds back what it applies");
    };
  }
}

package replctl.playbooks.decide.candidate;

import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Server;

/** It receives from the leader at this moment. */
final class Streams implements Rule {
  @Override
  public String name() {
    return "streams";
  }

  @Override
  public String meaning() {
    return "It receives from the leader at this moment.";
  }

  @Override
  public Check check(Question question) {
    Optional<Boolean> streaming = question.server().flatMap(Server::streaming);
    Optional<NodeName> upstream = question.server().flatMap(Server::upstream);
    if (streaming.isEmpty()) {
      return Check.unknown("not known whether it receives");
    }
    if (!streaming.get()) {
      return Check.fail("it does not receive");
    }
    boolean fromLeader =
        question.leader().map(l -> upstream.equals(Optional.of(l.name()))).orElse(false);
    return fromLeader
        ? Check.pass("from " + upstream.get())
        : Check.fail("it receives from " + upstream.map(NodeName::value).orElse("an unknown host"));
  }
}

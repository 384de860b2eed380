package replctl.playbooks.decide.candidate;

import java.util.Optional;
import replctl.playbooks.snapshot.Server;

/** Its data is of the leader's cluster. */
final class SameCluster implements Rule {
  @Override
  public String name() {
    return "same-cluster";
  }

  @Override
  public String meaning() {
    return "Its data is of the leader's cluster.";
  }

  @Override
  public Check check(Question question) {
    Optional<String> mine = question.server().flatMap(Server::identity);
    Optional<String> leader = question.leaderServer().flatMap(Server::identity);
    if (mine.isEmpty() || leader.isEmpty()) {
      return Check.unknown("not known");
    }
    return mine.equals(leader)
        ? Check.pass("identity " + mine.get())
        : Check.fail("identity " + mine.get() + ", the leader has " + leader.get());
  }
}

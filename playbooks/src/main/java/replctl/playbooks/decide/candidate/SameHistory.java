package replctl.playbooks.decide.candidate;

import java.util.Optional;
import replctl.playbooks.snapshot.Position;
import replctl.playbooks.snapshot.Server;

/** It has nothing that the leader lacks. */
final class SameHistory implements Rule {
  @Override
  public String name() {
    return "same-history";
  }

  @Override
  public String meaning() {
    return "It has nothing that the leader lacks.";
  }

  @Override
  public Check check(Question question) {
    Optional<Position> mine = question.server().flatMap(Server::position);
    Optional<Position> leader = question.leaderServer().flatMap(Server::position);
    if (mine.isEmpty() || leader.isEmpty()) {
      return Check.unknown("not known");
    }
    // The leader was asked at another moment: a follower may have been given a little more since.
    return mine.get().compare(leader.get()) == Position.Order.DIVERGED
        ? Check.fail("its history parted from the leader's: it is at " + mine.get().brief())
        : Check.pass("at " + mine.get().brief());
  }
}

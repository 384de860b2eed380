package replctl.playbooks.decide.candidate;

import replctl.playbooks.snapshot.Presence;

/** It is a follower now. */
final class Follows implements Rule {
  @Override
  public String name() {
    return "follows";
  }

  @Override
  public String meaning() {
    return "It is a follower now.";
  }

  @Override
  public Check check(Question question) {
    return switch (question.seen().role()) {
      case FOLLOWER -> Check.pass("follower");
      case LEADER -> Check.fail("it leads");
      case CLOSED_LEADER ->
          Check.fail(
              question.seen().presence() == Presence.RUNNING
                  ? "it takes no writes and follows nobody"
                  : "it would start as a leader");
      case UNKNOWN -> Check.unknown("its role is not known");
    };
  }
}

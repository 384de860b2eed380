package replctl.playbooks.decide.candidate;

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
      case CLOSED_LEADER -> Check.fail("it would start as a leader");
      case UNKNOWN -> Check.unknown("its role is not known");
    };
  }
}

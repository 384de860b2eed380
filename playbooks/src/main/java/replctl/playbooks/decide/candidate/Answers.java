package replctl.playbooks.decide.candidate;

/** Its host answers and its server runs. */
final class Answers implements Rule {
  @Override
  public String name() {
    return "answers";
  }

  @Override
  public String meaning() {
    return "Its host answers and its server runs.";
  }

  @Override
  public Check check(Question question) {
    if (question.seen().serverAlone()) {
      return Check.fail(
          question.seen().contact().words() + ", and nothing can be done on its host");
    }
    if (!question.seen().contact().answered()) {
      return Check.unknown(question.seen().contact().words());
    }
    return switch (question.seen().presence()) {
      case RUNNING -> Check.pass("running");
      case UNKNOWN -> Check.unknown("not known whether it runs");
      case HUNG -> Check.fail("hung: it takes connections and does not answer");
      case ABSENT -> Check.fail("no server is set up");
      case STOPPED -> Check.fail("stopped");
      case STARTING -> Check.fail("starting");
      case STOPPING -> Check.fail("stopping");
    };
  }
}

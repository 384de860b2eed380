package replctl.playbooks.decide.candidate;

/** The inventory allows it to lead. */
final class MayLead implements Rule {
  @Override
  public String name() {
    return "may-lead";
  }

  @Override
  public String meaning() {
    return "The inventory allows it to lead.";
  }

  @Override
  public Check check(Question question) {
    return question.declared().mayLead()
        ? Check.pass("allowed, priority " + question.declared().priority())
        : Check.fail("failover: never");
  }
}

package replctl.playbooks.verb;

import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;

/** What a verb makes of what was seen: a plan, or a no with its reason. Pure. */
public sealed interface Decision {
  /** This can be done. A plan without steps says that there is nothing to do. */
  record Planned(Plan plan) implements Decision {}

  /** A rule says no. */
  record Refused(Refusal refusal) implements Decision {}

  /** This can be done. */
  static Decision of(Plan plan) {
    return new Planned(plan);
  }

  /** A rule says no. */
  static Decision of(Refusal refusal) {
    return new Refused(refusal);
  }
}

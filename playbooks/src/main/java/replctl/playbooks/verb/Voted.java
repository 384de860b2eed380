package replctl.playbooks.verb;

import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.plan.Plan;

/** A plan gets the voters whose promise it needs, or a no. */
final class Voted {
  private Voted() {}

  /** The same, and after it what is owed is paid. */
  static Decision paying(Engine engine, Plan plan, Site site, Electorates.Wish wish) {
    return of(Paying.after(engine, site, plan), site, wish);
  }

  static Decision of(Plan plan, Site site, Electorates.Wish wish) {
    Electorates.Called called = Electorates.of(site.cluster(), site.seen(), wish);
    return called instanceof Electorates.Called.Of of
        ? Decision.of(plan.of(of.electorate()))
        : Decision.of(((Electorates.Called.No) called).refusal());
  }
}

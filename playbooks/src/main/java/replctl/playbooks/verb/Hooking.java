package replctl.playbooks.verb;

import java.util.List;
import java.util.Optional;
import replctl.inventory.OwnProgram;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.ProgramCall;

/** Steps that run programs of the operator's own around a change of leader. */
final class Hooking {
  private Hooking() {}

  /**
   * Asks whether the new leader may lead; without a yes the plan stops.
   *
   * @param refusal what its no means where nothing was changed before it
   * @param otherwise the ways out where it says no
   */
  static Optional<Step> before(
      Site site, LeaderChange change, Optional<Refusal.Code> refusal, List<String> otherwise) {
    return site.cluster()
        .hooks()
        .beforePromotion()
        .map(
            program -> {
              Action.Hook hook =
                  new Action.Hook(
                      call(program, site, change, "before-promotion"), refusal, otherwise);
              return step(
                  "before-promotion",
                  "ask " + hook.program() + " whether " + change.to() + " may lead",
                  hook,
                  program);
            });
  }

  /** Says who leads now. It is owed where it fails. */
  static Optional<Step> after(Site site, LeaderChange change) {
    return site.cluster()
        .hooks()
        .afterPromotion()
        .map(
            program -> {
              Action.Hook hook = Action.Hook.of(call(program, site, change, "after-promotion"));
              return step(
                      "after-promotion",
                      "tell " + hook.program() + " that " + change.to() + " leads",
                      hook,
                      program)
                  .owed();
            });
  }

  /** Has it lead clients to the new leader. It is owed where it fails. */
  static Step redirect(String name, Site site, LeaderChange change, OwnProgram program) {
    Action.Hook hook = Action.Hook.of(call(program, site, change, "redirect"));
    return step(name, "lead clients to " + change.to() + " by " + hook.program(), hook, program)
        .owed();
  }

  private static ProgramCall call(
      OwnProgram program, Site site, LeaderChange change, String event) {
    return new ProgramCall(program.command(), change.values(site, event));
  }

  private static Step step(String name, String title, Action.Hook hook, OwnProgram program) {
    return new Step(
        name,
        title,
        new Place.Operator(),
        hook,
        Optional.empty(),
        program.timeout(),
        Step.OnFailure.STOP);
  }
}

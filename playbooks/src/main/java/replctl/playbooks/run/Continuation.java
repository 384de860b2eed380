package replctl.playbooks.run;

import java.util.Map;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.world.Facts;

/** Decides how an operation goes on whose plan has a sequel. */
@FunctionalInterface
public interface Continuation {
  /** For operations of one plan. */
  Continuation NONE =
      (plan, found) -> {
        throw new IllegalArgumentException(plan.verb() + " has a sequel, and nobody decides it");
      };

  /** What is next. */
  sealed interface Next {
    /** The whole operation: all of the plan so far, and more. */
    record On(Plan whole) implements Next {}

    /** It can't go on as it is; it stays as it is, and can be resumed. */
    record Stop(Refusal refusal) implements Next {}
  }

  /**
   * Looks and decides.
   *
   * @param plan what has been done
   * @param found what each of its steps found, by its name
   */
  Next next(Plan plan, Map<String, Facts> found);
}

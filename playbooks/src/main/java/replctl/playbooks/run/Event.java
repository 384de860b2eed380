package replctl.playbooks.run;

import java.time.Duration;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Answer;

/** What happens while a plan runs, for whoever watches. */
public sealed interface Event {
  /** A plan is taken up. */
  record PlanBegun(Plan plan) implements Event {}

  /** A phase begins. */
  record PhaseBegun(Phase phase) implements Event {}

  /** A step begins. */
  record StepBegun(Step step) implements Event {}

  /** A step is so far: bytes of bytes, 0 in all when that is not known. */
  record StepAt(Step step, long done, long total) implements Event {}

  /** A step has ended. */
  record StepEnded(Step step, Answer answer, Duration took) implements Event {}

  /** The plan can't go on, and what was done is taken back. */
  record UndoBegun(String why) implements Event {}

  /** A step was taken back, or could not be. */
  record StepUndone(Step step, Answer answer) implements Event {}

  /** The plan has ended. */
  record PlanEnded(Plan plan, Outcome outcome, Duration took) implements Event {}
}

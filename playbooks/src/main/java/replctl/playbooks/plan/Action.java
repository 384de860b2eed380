package replctl.playbooks.plan;

import java.time.Duration;
import replctl.inventory.NodeName;
import replctl.playbooks.world.ScriptCall;

/** What a step does. */
public sealed interface Action {
  /** One script on one host. */
  record Run(ScriptCall call) implements Action {}

  /**
   * The leader closes and the candidate opens, as one step: between the two nothing is written to
   * any journal. The engine's two resident scripts take the commands {@code prepare} (both), {@code
   * freeze} (closing: the answer's facts are given to the other), {@code catch-up} and {@code open}
   * (opening), {@code thaw} (closing: undoes freeze). Asked as a probe, each answers with the fact
   * {@code open}: yes or no. Performed by itself, opening stands down (it is certain not to open
   * any more) and closing opens the old leader again: in this order they take the step back.
   *
   * @param closing resident on the leader
   * @param opening resident on the candidate
   * @param freezeLimit how long the leader may take to close
   * @param catchUpLimit how long the candidate may take to have all of it, after the freeze
   * @param openLimit how long the candidate may take to open
   * @param lease how long a resident stays that hears nothing
   */
  record Handover(
      NodeName from,
      NodeName to,
      ScriptCall closing,
      ScriptCall opening,
      Duration freezeLimit,
      Duration catchUpLimit,
      Duration openLimit,
      Duration lease)
      implements Action {}
}

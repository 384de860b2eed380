package replctl.playbooks.plan;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
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
   * <p>Followers that are resident too are told {@code follow} once the candidate is open, and it
   * is asked whether writes are {@code acknowledged} by then: where commits wait for a follower,
   * writes stand still until one follows. What fails there is left to the steps that come after.
   *
   * @param closing resident on the leader
   * @param opening resident on the candidate
   * @param following resident on the other followers
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
      Map<NodeName, ScriptCall> following,
      Duration freezeLimit,
      Duration catchUpLimit,
      Duration openLimit,
      Duration lease)
      implements Action {
    public Handover {
      following = Collections.unmodifiableSortedMap(new TreeMap<>(following));
    }

    /** The same with each of its calls changed. */
    public Handover with(UnaryOperator<ScriptCall> change) {
      Map<NodeName, ScriptCall> changed = new TreeMap<>();
      following.forEach((node, call) -> changed.put(node, change.apply(call)));
      return new Handover(
          from,
          to,
          change.apply(closing),
          change.apply(opening),
          changed,
          freezeLimit,
          catchUpLimit,
          openLimit,
          lease);
    }
  }
}

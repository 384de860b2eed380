package replctl.playbooks.plan;

import java.time.Duration;
import java.util.Optional;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.ScriptCall;

/**
 * One thing to do on one host. The script that does it also answers whether it is done, so every
 * step can be asked before and after.
 *
 * @param name unique in its plan; later steps refer to its facts by it
 * @param title what it does, for people: an infinitive, no full stop
 * @param undo takes it back, where that can be
 * @param limit how long it may take
 */
public record Step(
    String name,
    String title,
    Place on,
    Action action,
    Optional<ScriptCall> undo,
    Duration limit,
    OnFailure onFailure) {
  /** What a failure of this step means to the plan. */
  public enum OnFailure {
    /** The plan stops; before the point of no return it is undone. */
    STOP,
    /** The plan goes on and ends incomplete: the step is owed. */
    OWE,
    /**
     * The plan stops. Before any of it is taken back this step's undo is asked whether it still can
     * be; where it can't, the only way is forward. A record can't be taken back once a host may
     * have it.
     */
    FORWARD,
    /**
     * As {@link #OWE}; but a later process that finds its host still silent lets it go: the node
     * has left, and may never come back.
     */
    LET_GO,
    /**
     * The plan goes on as if neither it nor what is behind it in its lane had been wanted: another
     * operation will try it again.
     */
    TRY
  }

  /** A script that can't be taken back, and without which the plan can't go on. */
  public static Step of(String name, String title, Place on, ScriptCall call, Duration limit) {
    return new Step(name, title, on, new Action.Run(call), Optional.empty(), limit, OnFailure.STOP);
  }

  /** Whether the plan goes on where it can't be done, and ends incomplete or without it. */
  public boolean mayBeOwed() {
    return onFailure == OnFailure.OWE || onFailure == OnFailure.LET_GO;
  }

  /** The same step, taken back by this script. */
  public Step undoneBy(ScriptCall script) {
    return new Step(name, title, on, action, Optional.of(script), limit, onFailure);
  }

  /** The same step, taken back by this script for as long as that says, asked, that it can be. */
  public Step undoneWhileItCan(ScriptCall script) {
    return new Step(name, title, on, action, Optional.of(script), limit, OnFailure.FORWARD);
  }

  /** The same step, which is not taken back: what it did is right, whatever comes after it. */
  public Step kept() {
    return new Step(name, title, on, action, Optional.empty(), limit, onFailure);
  }

  /** The same step, which the plan can do without for now. */
  public Step owed() {
    return failing(OnFailure.OWE);
  }

  /** The same step, whose failure means that. */
  public Step failing(OnFailure other) {
    return new Step(name, title, on, action, undo, limit, other);
  }
}

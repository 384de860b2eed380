package replctl.playbooks.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operator's process and machine: where it dies, sleeps, and what goes wrong around it. */
final class Operator {
  private final SimTime time;
  private final Dice dice;
  private final Trace trace;
  private final Faults faults;
  private final long sleep;
  private boolean dead;
  private final List<Runnable> onSilence = new ArrayList<>();
  private Runnable rival = () -> {};

  /**
   * An operator.
   *
   * @param sleep how long its machine sleeps when it does, in nanoseconds
   */
  Operator(SimTime time, Dice dice, Trace trace, Faults faults, long sleep) {
    this.time = time;
    this.dice = dice;
    this.trace = trace;
    this.faults = faults;
    this.sleep = sleep;
  }

  /** The fault of the next effect. */
  Optional<Fault> nextFault(String effect) {
    if (dead) {
      throw new SimCrash("it is dead: " + effect);
    }
    Optional<Fault> fault = faults.next(effect, moment());
    fault.ifPresent(f -> trace.say(() -> "[" + f + "] " + effect));
    return fault;
  }

  /** The last effect has ended. */
  void effectEnded() {
    faults.ended(moment());
  }

  /** It does what is no effect. */
  void goesOn() {
    faults.wentOn();
  }

  private Faults.Moment moment() {
    return new Faults.Moment(time.now(), dice.place());
  }

  /** The end of the process; to be thrown. */
  SimCrash dies(String where) {
    trace.say(() -> "replctl dies " + where);
    dead = true;
    return new SimCrash(where);
  }

  /** Whether the process has died: whatever its code still does has no effect. */
  boolean dead() {
    return dead;
  }

  /** A new process takes its place. */
  void reborn() {
    dead = false;
  }

  /** Nothing is sent from here for a while, and time passes. */
  void sleeps() {
    trace.say(() -> "the operator's machine sleeps");
    List.copyOf(onSilence).forEach(Runnable::run);
    time.pass(sleep);
    trace.say(() -> "the operator's machine wakes");
  }

  /** Another operator acts while this one's machine sleeps. */
  void overtaken() {
    rival.run();
  }

  /** What another operator does when it is its turn. */
  void onOvertaken(Runnable what) {
    rival = what;
  }

  /** What hosts notice when the operator falls silent. */
  void onSilence(Runnable what) {
    onSilence.add(what);
  }
}

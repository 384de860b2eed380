package replctl.playbooks.verb.monitor;

import java.util.Collection;
import replctl.playbooks.snapshot.Finding;

/** What a monitoring plugin may say. */
public enum State {
  OK(0, 0),
  WARNING(1, 2),
  CRITICAL(2, 3),
  /** It can't be told; never taken for well. */
  UNKNOWN(3, 1);

  private final int code;

  /** What is known to be wrong says more than what is not known, and that more than all is well. */
  private final int weight;

  State(int code, int weight) {
    this.code = code;
    this.weight = weight;
  }

  /** The exit code by which Nagios, Icinga and their like know it. */
  public int code() {
    return code;
  }

  /** The one of both that is told. */
  public State or(State other) {
    return other.weight > weight ? other : this;
  }

  /** Whether this is told rather than that. */
  public boolean outweighs(State other) {
    return weight > other.weight;
  }

  /** The one of all that is told; OK of none. */
  public static State worst(Collection<State> states) {
    return states.stream().reduce(OK, State::or);
  }

  /** As a finding of status is told; a note is no news for a monitor. */
  static State of(Finding.Level level) {
    return switch (level) {
      case NOTE -> OK;
      case WARNING -> WARNING;
      case CRITICAL -> CRITICAL;
    };
  }
}

package replctl.inventory;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which proofs that an old leader can't write are enough.
 *
 * @param accept any one of these suffices; strongest first
 * @param sshPatience how long SSH may take to log in before the power goes off
 */
public record Fencing(Set<Strength> accept, Duration sshPatience) {
  /** A login takes 0.1 s where all is well. */
  public static final Duration SSH_PATIENCE = Duration.ofSeconds(1);

  /** What a cluster gets that says nothing. */
  public static final Fencing DEFAULTS = new Fencing(Set.of(Strength.POWER, Strength.STOPPED));

  /** With the usual patience. */
  public Fencing(Set<Strength> accept) {
    this(accept, SSH_PATIENCE);
  }

  public Fencing {
    // Not Set.copyOf: its order differs from run to run, and plans must not.
    EnumSet<Strength> ordered = EnumSet.noneOf(Strength.class);
    ordered.addAll(accept);
    accept = Collections.unmodifiableSet(ordered);
  }

  /** Kinds of proof, strongest first. */
  public enum Strength implements Worded {
    POWER("power"),
    STOPPED("stopped"),
    COMMIT("commit"),
    ROUTE("route"),
    OPERATOR("operator");

    private final String word;

    Strength(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }
}

package replctl.playbooks.sim;

import java.time.Duration;

/**
 * The simulated twin of a named script: the same values, the same facts, the same order of effects.
 */
public interface Twin {
  /** {@code is_done}: changes nothing. */
  Look isDone(Job job);

  /** {@code perform}: runs under the host's lock, when it is not done. */
  Course perform(Job job);

  /** Whether a probe waits for the host's lock too. */
  default boolean probesUnderLock() {
    return false;
  }

  /** Whether it has a lock of its own, and does not wait for the host's: redirect/lib.sh. */
  default boolean locksApart() {
    return false;
  }

  /** {@code prepare}, of a resident. */
  default Course prepare(Job job) {
    return Course.none();
  }

  /** {@code command_NAME}, of a resident; an unknown word is refused. */
  default Course command(String word, Job job) {
    throw job.refuse("no such command: " + word);
  }

  /** How long it takes until a script has started and looked around. */
  default Duration launch() {
    return Duration.ofMillis(3);
  }
}

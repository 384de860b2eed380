package replctl.playbooks.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import replctl.playbooks.world.Answer;

/**
 * A resident script on its host (lib.sh, reside): it takes commands one at a time, and ends when
 * its operator has left or has been silent for the lease.
 */
final class Residence {
  /** A command on its way, and its answer when there is one. */
  static final class Command {
    private final String word;
    private final Map<String, String> values;
    private Optional<Answer> answer = Optional.empty();

    Command(String word, Map<String, String> values) {
      this.word = word;
      this.values = values;
    }

    Optional<Answer> answer() {
      return answer;
    }
  }

  private final Twin twin;
  private final Job job;
  private final long lease;
  private final boolean keepsLease;
  private final Running arrival;
  private final Deque<Command> waiting = new ArrayDeque<>();
  private Optional<Command> current = Optional.empty();
  private Optional<Running> work;
  private boolean silent;
  private long silentSince;
  private boolean left;
  private boolean ended;

  /**
   * A resident that has just been started.
   *
   * @param lease in nanoseconds
   * @param keepsLease false in a world that is broken on purpose
   */
  Residence(Twin twin, Job job, long lease, boolean keepsLease) {
    this.twin = twin;
    this.job = job;
    this.lease = lease;
    this.keepsLease = keepsLease;
    this.arrival = Running.arrival(twin, job);
    this.work = Optional.of(arrival);
  }

  Job job() {
    return job;
  }

  /** The answer to its beginning: ready, or why not. */
  Optional<Answer> ready() {
    return arrival.answer();
  }

  boolean ended() {
    return ended;
  }

  /** A command reaches it. */
  void hear(Command command) {
    waiting.add(command);
  }

  /** From now on no beat reaches it. */
  void silence(long now) {
    if (!silent) {
      silent = true;
      silentSince = now;
    }
  }

  /** The operator is heard again. */
  void beat() {
    silent = false;
  }

  /** Nothing more will come: the connection has ended. */
  void endOfInput() {
    left = true;
  }

  /** Goes on as far as it can; true when it has ended. */
  boolean proceed(long now) {
    while (!ended) {
      if (work.isPresent()) {
        if (!work.get().proceed(now)) {
          return false;
        }
        Optional<Answer> answer = work.get().answer();
        work = Optional.empty();
        current.ifPresent(c -> c.answer = answer);
        if (current.isEmpty() && !answer.map(Answer::isDone).orElse(false)) {
          ended = true;
        }
        current = Optional.empty();
        // Beats that came meanwhile wait to be read, so the lease begins again.
        silentSince = Math.max(silentSince, now);
      } else if (!waiting.isEmpty()) {
        Command next = waiting.remove();
        current = Optional.of(next);
        job.ask(next.values);
        work =
            Optional.of(new Running(job, Course.none().then(() -> twin.command(next.word, job))));
      } else if (left || (silent && keepsLease && now >= silentSince + lease)) {
        ended = true;
      } else {
        return false;
      }
    }
    return true;
  }
}

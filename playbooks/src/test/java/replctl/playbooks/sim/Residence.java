package replctl.playbooks.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Trouble;

/**
 * A resident script on its host (lib.sh, reside): it takes commands one at a time, and ends when
 * its operator has left or has been silent for the lease.
 */
final class Residence {
  /** A command on its way, and its answer when there is one. */
  static final class Command {
    private final String word;
    private final Map<String, String> values;
    private final long arrives;
    private Optional<Answer> answer = Optional.empty();

    /**
     * A command.
     *
     * @param arrives when it reaches the host, in virtual time
     */
    Command(String word, Map<String, String> values, long arrives) {
      this.word = word;
      this.values = values;
      this.arrives = arrives;
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
  private int stagesToDeath = Integer.MAX_VALUE;
  private boolean silent;
  private long silentSince;
  private long heard;
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

  long lease() {
    return lease;
  }

  /** The answer to its beginning: ready, or why not. */
  Optional<Answer> ready() {
    return arrival.answer();
  }

  boolean atWork() {
    return work.isPresent();
  }

  boolean ended() {
    return ended;
  }

  /** A command is sent to it; nothing that is sent later overtakes it. */
  void hear(Command command) {
    waiting.add(command);
  }

  /** Its process is killed after so many stages more. */
  void diesAfter(int stages) {
    stagesToDeath = stages;
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

  /** Nothing more will be sent: the connection has ended. */
  void endOfInput() {
    left = true;
  }

  /** Goes on as far as it can; true when it has ended. */
  boolean proceed(long now) {
    while (!ended) {
      if (work.isPresent()) {
        boolean over = work.get().proceed(now);
        job.said().ifPresent(this::answer);
        if (!over) {
          return false;
        }
        finish(work.get().answer().orElseThrow(), now);
      } else if (stoodStill(now)) {
        ended = true;
      } else if (!waiting.isEmpty() && waiting.peek().arrives <= now) {
        begin(waiting.remove());
      } else if ((left && waiting.isEmpty()) || leaseEnded(now)) {
        ended = true;
      } else {
        heard = silent ? heard : now;
        return false;
      }
    }
    return true;
  }

  /** What waited while this host stood still must not be done now. */
  private boolean stoodStill(long now) {
    return keepsLease && now > heard + lease + 2 * SimTime.SECOND;
  }

  private boolean leaseEnded(long now) {
    return silent && keepsLease && now >= silentSince + lease;
  }

  private void begin(Command next) {
    current = Optional.of(next);
    job.ask(next.values);
    Course course = Course.none().then(() -> twin.command(next.word, job));
    course.diesAfter(stagesToDeath, job);
    work = Optional.of(new Running(job, course));
  }

  /** The first answer to a command counts. */
  private void answer(Answer said) {
    current.filter(c -> c.answer.isEmpty()).ifPresent(c -> c.answer = Optional.of(said));
  }

  private void finish(Answer answer, long now) {
    boolean arrived = current.isPresent();
    work = Optional.empty();
    answer(answer);
    current = Optional.empty();
    // Beats that came meanwhile wait to be read, so the lease begins again.
    silentSince = Math.max(silentSince, now);
    heard = now;
    if ((!arrived && !answer.isDone()) || answer.kind() == Trouble.NO_ANSWER) {
      ended = true;
    }
  }
}

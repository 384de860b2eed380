package replctl.playbooks.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import replctl.playbooks.world.Trouble;

/**
 * What a simulated script does, stage by stage. Between its stages the rest of the world goes on,
 * so a script can be overtaken, outlive its caller, or wait for what never comes.
 */
public final class Course {
  private sealed interface Stage {}

  private record Act(Runnable what) implements Stage {}

  private record Then(Supplier<Course> what) implements Stage {}

  private static final class Wait implements Stage {
    private final long limit;
    private final BooleanSupplier until;
    private final Runnable late;
    private long end = -1;

    Wait(long limit, BooleanSupplier until, Runnable late) {
      this.limit = limit;
      this.until = until;
      this.late = late;
    }
  }

  private final Deque<Stage> stages = new ArrayDeque<>();
  private int stagesToDeath = Integer.MAX_VALUE;
  private Supplier<ScriptEnd> death = () -> new ScriptEnd(Trouble.NO_ANSWER, true, "");

  /** Nothing at all. */
  public static Course none() {
    return new Course();
  }

  /** One act. */
  public static Course of(Runnable what) {
    return new Course().act(what);
  }

  /** Then does this. */
  public Course act(Runnable what) {
    stages.add(new Act(what));
    return this;
  }

  /** Then does what is decided when it gets there. */
  public Course then(Supplier<Course> what) {
    stages.add(new Then(what));
    return this;
  }

  /** Then waits; when the limit passes first, does {@code late} and goes on, if that lets it. */
  public Course until(Duration limit, BooleanSupplier condition, Runnable late) {
    stages.add(new Wait(limit.toNanos(), condition, late));
    return this;
  }

  /** Then takes its time. */
  public Course lasts(long nanos) {
    return until(Duration.ofNanos(nanos), () -> false, () -> {});
  }

  /** It is killed after so many stages. */
  void diesAfter(int stages, Job job) {
    stagesToDeath = stages;
    death = () -> job.fail(Trouble.NO_ANSWER, "the script ended without an answer");
  }

  private void stage() {
    if (stagesToDeath-- <= 0) {
      stages.clear();
      throw death.get();
    }
  }

  /**
   * Goes on as far as it can.
   *
   * @return whether it has come to its end
   */
  boolean proceed(long now) {
    for (Stage stage = stages.peek(); stage != null; stage = stages.peek()) {
      if (stage instanceof Wait wait) {
        if (wait.end < 0) {
          stage();
          wait.end = now + wait.limit;
        }
        if (wait.until.getAsBoolean()) {
          stages.remove();
        } else if (now >= wait.end) {
          stages.remove();
          wait.late.run();
        } else {
          return false;
        }
      } else if (stage instanceof Act act) {
        stage();
        stages.remove();
        act.what.run();
      } else if (stage instanceof Then then) {
        stages.remove();
        Iterator<Stage> inner = then.what.get().stages.descendingIterator();
        while (inner.hasNext()) {
          stages.addFirst(inner.next());
        }
      }
    }
    return true;
  }
}

package replctl.playbooks.sim;

import java.util.function.Function;

/** A small script's twin, given as its two functions. */
public record Scripted(Function<Job, Look> isDoneOf, Function<Job, Course> performOf)
    implements Twin {
  @Override
  public Look isDone(Job job) {
    return isDoneOf.apply(job);
  }

  @Override
  public Course perform(Job job) {
    return performOf.apply(job);
  }
}

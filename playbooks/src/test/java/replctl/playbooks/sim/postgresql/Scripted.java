package replctl.playbooks.sim.postgresql;

import java.util.function.Function;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.Twin;

/** A small script's twin, given as its two functions. */
record Scripted(Function<Job, Look> isDoneOf, Function<Job, Course> performOf) implements Twin {
  @Override
  public Look isDone(Job job) {
    return isDoneOf.apply(job);
  }

  @Override
  public Course perform(Job job) {
    return performOf.apply(job);
  }
}

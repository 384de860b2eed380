package replctl.playbooks.sim.postgresql;

import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.Twin;

/** A script's twin whose probe waits for the host's lock. */
record UnderLock(Twin twin) implements Twin {
  @Override
  public Look isDone(Job job) {
    return twin.isDone(job);
  }

  @Override
  public Course perform(Job job) {
    return twin.perform(job);
  }

  @Override
  public boolean probesUnderLock() {
    return true;
  }
}

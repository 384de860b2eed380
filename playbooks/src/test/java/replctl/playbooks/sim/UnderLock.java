package replctl.playbooks.sim;

/** A script's twin whose probe waits for the host's lock. */
public record UnderLock(Twin twin) implements Twin {
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

package replctl.playbooks.sim;

/** A twin that differs from the real one in a single thing. */
public class Otherwise implements Twin {
  private final Twin real;

  /**
   * @param real what it is otherwise
   */
  protected Otherwise(Twin real) {
    this.real = real;
  }

  @Override
  public Look isDone(Job job) {
    return real.isDone(job);
  }

  @Override
  public Course perform(Job job) {
    return real.perform(job);
  }

  @Override
  public boolean probesUnderLock() {
    return real.probesUnderLock();
  }

  @Override
  public Course prepare(Job job) {
    return real.prepare(job);
  }

  @Override
  public Course command(String word, Job job) {
    return real.command(word, job);
  }
}

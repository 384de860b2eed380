package replctl.playbooks.sim;

import java.util.Set;

/** A host without a database server: the operator's own. */
enum NoServer implements SimServer {
  HERE;

  @Override
  public void tick() {}

  @Override
  public boolean open() {
    return false;
  }

  @Override
  public boolean answers() {
    return false;
  }

  @Override
  public void write(long id) {}

  @Override
  public Set<Long> writes() {
    return Set.of();
  }

  @Override
  public boolean follows(SimServer leader) {
    return false;
  }

  @Override
  public boolean divergesUnnoticed(SimServer leader) {
    return false;
  }

  @Override
  public void powerLost() {}

  @Override
  public void booted() {}

  @Override
  public void checkIdentity(Job job) {}

  @Override
  public String state() {
    return "";
  }
}

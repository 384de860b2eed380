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
  public int starts() {
    return 0;
  }

  @Override
  public boolean holds(long write) {
    return false;
  }

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
  public void freeze(boolean wanted) {}

  @Override
  public void killed() {}

  @Override
  public boolean hasProcess() {
    return false;
  }

  @Override
  public boolean isMasked() {
    return false;
  }

  @Override
  public String trouble() {
    return "there is none";
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

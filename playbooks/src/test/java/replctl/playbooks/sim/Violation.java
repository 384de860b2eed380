package replctl.playbooks.sim;

/** A rule that never bends was broken. */
public final class Violation extends AssertionError {
  private static final long serialVersionUID = 1;

  public Violation(String what) {
    super(what);
  }
}

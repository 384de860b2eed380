package replctl.playbooks.sim;

/** The end of replctl's process, at once: no code of its own may run after it or hold it up. */
final class SimCrash extends Error {
  private static final long serialVersionUID = 1;

  SimCrash(String where) {
    super(where, null, false, false);
  }
}

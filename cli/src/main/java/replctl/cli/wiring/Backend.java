package replctl.cli.wiring;

/** What commands work on: the real one, or a test's. */
public interface Backend {
  /** Real hosts. */
  static Backend real() {
    return new Backend() {};
  }
}

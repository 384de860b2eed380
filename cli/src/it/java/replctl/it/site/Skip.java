package replctl.it.site;

import org.opentest4j.TestAbortedException;

/**
 * That a test is skipped, with its reason. Apart from who says so: what is no test does without the
 * tests' library.
 */
final class Skip {
  private Skip() {}

  static RuntimeException because(String reason) {
    return new TestAbortedException(reason);
  }
}

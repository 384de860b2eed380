package replctl.it.site;

import java.util.List;
import replctl.it.Replctl;

/** {@code lab/scale}, with hosts of its own. */
public final class ScaleLab {
  private static final int CANNOT = 77;

  private ScaleLab() {}

  /** Looks at so many nodes, some of which are silent; once with each verb. */
  public static Shell.Ended nodes(int count, int silent) {
    Lab lab = Lab.ofFork("-scale");
    Shell.Ended ended =
        Shell.end(
            List.of(
                "env",
                "REPLCTL_LAB_NAME=" + lab.name(),
                "REPLCTL_TREE=" + Replctl.tree(),
                "REPLCTL_RUNS=1",
                "REPLCTL_CONNECT=10s",
                Replctl.root().resolve("lab/scale").toAbsolutePath().toString(),
                "nodes",
                Integer.toString(count),
                Integer.toString(silent)));
    if (ended.code() == CANNOT && !"required".equals(System.getenv("REPLCTL_LAB"))) {
      throw Skip.because(ended.out());
    }
    return ended;
  }
}

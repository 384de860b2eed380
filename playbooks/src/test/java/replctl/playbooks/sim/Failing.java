package replctl.playbooks.sim;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A run that broke a rule, and how to have it again. */
public record Failing(
    Case what, long seed, Map<Integer, Fault> faults, Drill.Way way, List<String> wrong) {
  /** Has that run. */
  public Failing again() {
    return with(run());
  }

  Drill.Report run() {
    return Drill.run(stage(false), faults, way);
  }

  Failing with(Drill.Report report) {
    return new Failing(what, seed, faults, way, report.wrong());
  }

  private Drill.Stage stage(boolean traced) {
    return what.stage(seed, traced);
  }

  /** The command that replays it. */
  String command() {
    return "mvn -pl playbooks -am test -Dtest="
        + engine()
        + ".ReplayTest -Dsurefire.failIfNoSpecifiedTests=false -Dsim.case="
        + what.name()
        + (what.equals(what.declared()) ? "" : " -D" + Replay.POWER_CUT + "=true")
        + " -Dsim.seed="
        + seed
        + " -Dsim.faults="
        + new TreeMap<>(faults).toString().replaceAll("[{} ]", "")
        + " -Dsim.way="
        + way;
  }

  /** Throws where there are any: with the first one's trace, and all commands. */
  static void mustBeNone(List<Failing> failing) {
    if (!failing.isEmpty()) {
      throw new AssertionError(failing.get(0).told() + "\n" + failing);
    }
  }

  /** The package of the engine's cases. */
  private String engine() {
    return what.declared().getClass().getPackageName();
  }

  /** The whole run as a trace, what was wrong, and the command that replays it. */
  public String told() {
    Drill.Report run = Drill.run(stage(true), faults, way);
    return String.join("\n", run.trace()) + "\n" + command() + "\n";
  }

  @Override
  public String toString() {
    return wrong + "\n  " + command() + "\n";
  }
}

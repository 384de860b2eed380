package replctl.playbooks.sim.postgresql;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.Fault;

/** A run that broke a rule, and how to have it again. */
record Failing(
    Cases what, long seed, Map<Integer, Fault> faults, Drill.Way way, List<String> wrong) {
  /** The command that replays it. */
  String command() {
    return "mvn -pl playbooks -am test -Dtest=ReplayTest -Dsurefire.failIfNoSpecifiedTests=false"
        + " -Dsim.case="
        + what
        + " -Dsim.seed="
        + seed
        + " -Dsim.faults="
        + new TreeMap<>(faults).toString().replaceAll("[{} ]", "")
        + " -Dsim.way="
        + way;
  }

  /** The whole run as a trace, what was wrong, and the command that replays it. */
  String told() {
    Drill.Report again = Drill.run(what.stage(seed, true), faults, way);
    return String.join("\n", again.trace()) + "\n" + command() + "\n";
  }

  @Override
  public String toString() {
    return wrong + "\n  " + command() + "\n";
  }
}

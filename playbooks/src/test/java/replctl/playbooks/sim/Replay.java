package replctl.playbooks.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;

/** One run again, with its trace: system properties say which, as {@link Failing} prints them. */
public final class Replay {
  /** Whether a host loses its power in it. */
  static final String POWER_CUT = "sim.cut";

  private Replay() {}

  /**
   * It holds, and is the same each time.
   *
   * @param named the cases of an engine
   * @param usual which one where nothing says so
   */
  public static void holds(Function<String, Case> named, Case usual) {
    Case declared = named.apply(System.getProperty("sim.case", usual.name()));
    Case what = Boolean.getBoolean(POWER_CUT) ? PowerCut.in(declared) : declared;
    Drill.Report report = run(what);
    if (System.getProperty("sim.case") != null) {
      report.trace().forEach(System.out::println);
    }
    assertThat(report.wrong()).isEmpty();
    List<String> again = run(what).trace();
    assertThat(again).isEqualTo(report.trace());
  }

  private static Drill.Report run(Case what) {
    return Drill.run(
        what.stage(Long.getLong("sim.seed", 1), true),
        Drill.faults(System.getProperty("sim.faults", "")),
        Drill.Way.valueOf(System.getProperty("sim.way", Drill.Way.RESUME.name())));
  }
}

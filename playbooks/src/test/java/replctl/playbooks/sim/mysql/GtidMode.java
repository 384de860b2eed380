package replctl.playbooks.sim.mysql;

/** Whether a server names its transactions: gtid_mode, and enforce_gtid_consistency. */
final class GtidMode {
  /** Its stages, each of which may be set by whoever is at a neighbouring one. */
  enum Stage {
    OFF,
    OFF_PERMISSIVE,
    ON_PERMISSIVE,
    ON
  }

  private Stage set = Stage.ON;
  private Stage stage = Stage.ON;
  private boolean consistent = true;

  /** Its options say nothing of it. */
  void off() {
    set = Stage.OFF;
    begins("");
  }

  /**
   * The server begins: what was set while it ran is forgotten.
   *
   * @param options replctl's
   */
  void begins(String options) {
    boolean on = set == Stage.ON || options.contains("gtid_mode = ON");
    stage = on ? Stage.ON : Stage.OFF;
    consistent = on;
  }

  /** SET GLOBAL gtid_mode: one stage further. */
  void reach(Stage next) {
    stage = next;
  }

  /** SET GLOBAL enforce_gtid_consistency = ON. */
  void enforce() {
    consistent = true;
  }

  Stage stage() {
    return stage;
  }

  boolean consistent() {
    return consistent;
  }

  /** Whether a new transaction gets no GTID. */
  boolean isAnonymous() {
    return stage.compareTo(Stage.ON_PERMISSIVE) < 0;
  }

  /** Whether a server that is set so receives from one that is set so: one stage lies between. */
  boolean suits(GtidMode other) {
    Stage before = stage.compareTo(other.stage) < 0 ? stage : other.stage;
    Stage after = before == stage ? other.stage : stage;
    return before == after || follows(before) == after;
  }

  /** The stage that follows. */
  static Stage follows(Stage stage) {
    return switch (stage) {
      case OFF -> Stage.OFF_PERMISSIVE;
      case OFF_PERMISSIVE -> Stage.ON_PERMISSIVE;
      case ON_PERMISSIVE, ON -> Stage.ON;
    };
  }
}

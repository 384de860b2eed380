package replctl.playbooks.sim;

/** An operation on a cluster of some engine that faults are tried on. */
public interface Case {
  /** Its name, by which it is had again. */
  String name();

  /** A new world of this case. */
  Drill.Stage stage(long seed, boolean traced);

  /** The case that is declared, where this one is one with something added. */
  default Case declared() {
    return this;
  }

  /** About how many effects it has when nothing goes wrong. */
  int effects();
}

package replctl.playbooks.sim;

import java.util.List;
import java.util.function.Supplier;

/** What an engine brings: its cases, and the searches for its deleted rules. */
public interface Suite {
  /** The engine's name. */
  String engine();

  /** The operations and clusters that faults are tried on. */
  List<? extends Case> cases();

  /** A search for each rule in turn. */
  List<Supplier<Hunted>> hunts();
}

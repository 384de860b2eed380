package replctl.playbooks.sim;

import java.util.Optional;
import replctl.inventory.NodeName;

/** A simulated fence device: which host it really switches, and how it is. */
public final class SimDevice {
  /** How a device is. */
  public enum Health {
    WELL,
    /** It never answers. */
    HANGS,
    /** It says that it failed. */
    FAILS,
    /** It says what is wished for, and switches nothing. */
    LIES,
    /** It takes every command, switches nothing, and says so when it is asked afterwards. */
    IGNORES
  }

  private NodeName wiredTo;
  private Health health = Health.WELL;
  private Optional<Boolean> told = Optional.empty();

  SimDevice(NodeName wiredTo) {
    this.wiredTo = wiredTo;
  }

  /** From now on it is so. */
  public void is(Health wanted) {
    health = wanted;
  }

  /** From now on it switches this host. */
  public void wiredTo(NodeName node) {
    wiredTo = node;
  }

  Health health() {
    return health;
  }

  NodeName wiredTo() {
    return wiredTo;
  }

  /** What a liar was told last. */
  Optional<Boolean> told() {
    return told;
  }

  void told(boolean on) {
    told = Optional.of(on);
  }
}

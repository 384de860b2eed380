package replctl.playbooks.sim;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Power;
import replctl.playbooks.world.PowerDevice;
import replctl.playbooks.world.Trouble;

/** The way from one process of replctl to the simulated devices. */
final class SimPower implements Power {
  private static final long AGENT_GIVES_UP = 20 * SimTime.SECOND;
  private static final long TAKES = 100 * SimTime.MS;

  private final SimWorld world;
  private final SimHosts effects;

  SimPower(SimWorld world) {
    this.world = world;
    this.effects = new SimHosts(world);
  }

  @Override
  public Answer ask(PowerDevice named, Wish wish, Deadline by) {
    String what =
        "power " + named.node() + " " + named.label() + " " + wish.name().toLowerCase(Locale.ROOT);
    Optional<Fault> fault = effects.before(what);
    if (fault.equals(Optional.of(Fault.FAILS_BEFORE))) {
      return Answer.unknown(Trouble.SAID_NO, "exit code 1");
    }
    SimDevice device = world.device(named);
    if (device.health() == SimDevice.Health.HANGS
        || fault.equals(Optional.of(Fault.NEVER_BEGINS))) {
      long left = world.clock().worldTime(by) - world.time().now();
      world.waitAlone(Math.min(left, AGENT_GIVES_UP));
      return Answer.unknown(Trouble.OVERDUE, "no answer in 20 s");
    }
    world.waitAlone(TAKES);
    Answer answer = device.health() == SimDevice.Health.FAILS ? failed() : done(device, wish);
    Answer told = effects.after(fault, what, Optional.of(answer));
    world.trace().say(() -> what + " -> " + SimHosts.told(told));
    return told;
  }

  private static Answer failed() {
    return Answer.unknown(Trouble.SAID_NO, "exit code 1");
  }

  private Answer done(SimDevice device, Wish wish) {
    boolean lies = device.health() == SimDevice.Health.LIES;
    if (wish != Wish.STATUS && lies) {
      device.told(wish == Wish.ON);
    } else if (wish != Wish.STATUS && device.health() == SimDevice.Health.IGNORES) {
      boolean powered = world.host(device.wiredTo()).powered();
      return powered == (wish == Wish.ON) || !world.asksDevicesTwice()
          ? new Answer.Done(Facts.of(Map.of(STATE, wish == Wish.ON ? "on" : "off")))
          : Answer.unknown(Trouble.SAID_NO, "it still says " + (powered ? "on" : "off"));
    } else if (wish != Wish.STATUS) {
      world.host(device.wiredTo()).powered(wish == Wish.ON);
    }
    boolean really = world.host(device.wiredTo()).powered();
    boolean on = lies ? device.told().orElse(really) : really;
    return new Answer.Done(Facts.of(Map.of(STATE, on ? "on" : "off")));
  }
}

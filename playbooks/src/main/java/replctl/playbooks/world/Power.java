package replctl.playbooks.world;

/** The devices that switch hosts on and off without the hosts' help. */
@FunctionalInterface
public interface Power {
  /** What is wished of a device. */
  enum Wish {
    /** Look; switch nothing. */
    STATUS,
    OFF,
    ON
  }

  /** What a device says of the power. */
  enum Reading {
    ON,
    OFF,
    UNKNOWN;

    /** What is read from an answer. */
    public static Reading of(Answer answer) {
      String state = answer.isDone() ? answer.facts().text(STATE).orElse("") : "";
      return switch (state) {
        case "on" -> ON;
        case "off" -> OFF;
        default -> UNKNOWN;
      };
    }
  }

  /** The fact that says what the device found: {@code on} or {@code off}. */
  String STATE = "power";

  /** A world without devices. */
  Power NONE =
      (device, wish, by) -> Answer.notDone(Trouble.NOT_PERMITTED, "there are no devices here");

  /**
   * Asks one device. Never throws for what a device does: that is in the answer.
   *
   * <p>STATUS is done when the device said on or off, which is in the fact {@link #STATE}. OFF and
   * ON are done when the device said that it did so, and when a second, separate question found it
   * so; anything else is NotDone (nothing was sent: the inventory or the program is wrong) or
   * Unknown.
   */
  Answer ask(PowerDevice device, Wish wish, Deadline by);
}

package replctl.playbooks.snapshot;

import replctl.playbooks.world.Trouble;

/**
 * How a host answered.
 *
 * @param trouble NONE when it did
 * @param words what was found, for people
 */
public record Contact(Trouble trouble, String words) {
  /** It answered. */
  public static final Contact ANSWERED = new Contact(Trouble.NONE, "answers");

  /** Whether it answered. */
  public boolean answered() {
    return trouble == Trouble.NONE;
  }
}

package replctl.playbooks.real.shell;

import replctl.playbooks.world.Trouble;

/** A host can't be reached, or does not let replctl in. Nothing was run there. */
public final class NoContact extends Exception {
  private final Trouble trouble;

  /**
   * @param words what was found and, where there is one, the cure; for people
   */
  public NoContact(Trouble trouble, String words) {
    super(words);
    this.trouble = trouble;
  }

  /** The same, with what it came from. */
  public NoContact(Trouble trouble, String words, Throwable cause) {
    super(words, cause);
    this.trouble = trouble;
  }

  /** What kind of trouble it is. */
  public Trouble trouble() {
    return trouble;
  }
}

package replctl.playbooks.sim;

import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Trouble;

/** A simulated script ends before its end: lib.sh's {@code refuse} and {@code fail}. */
public final class ScriptEnd extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Trouble trouble;
  private final boolean effect;

  ScriptEnd(Trouble trouble, boolean effect, String why) {
    super(why, null, false, false);
    this.trouble = trouble;
    this.effect = effect;
  }

  Answer answer(Facts facts) {
    return effect
        ? new Answer.Unknown(trouble, getMessage(), facts)
        : new Answer.NotDone(trouble, getMessage(), facts);
  }
}

package replctl.playbooks.real.protocol;

import java.util.Map;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;

/** What is answered where the script itself could not. */
final class Answers {
  static final Answer DONE = new Answer.Done(Facts.NONE);

  private Answers() {}

  /** The same answer, with the facts that were told before it. */
  static Answer with(Answer answer, Map<String, String> told) {
    if (told.isEmpty()) {
      return answer;
    }
    Facts facts = Facts.of(told);
    if (answer instanceof Answer.NotDone no) {
      return new Answer.NotDone(no.trouble(), no.why(), facts);
    }
    return answer instanceof Answer.Unknown unknown
        ? new Answer.Unknown(unknown.trouble(), unknown.why(), facts)
        : new Answer.Done(facts);
  }

  /**
   * It was never begun. That proves that nothing was done; but a question that was not asked is not
   * answered no.
   */
  static Answer neverBegan(ScriptCall call, Trouble trouble, String why) {
    return call.mode() == ScriptCall.Mode.PROBE
        ? Answer.unknown(trouble, why)
        : Answer.notDone(trouble, why);
  }
}

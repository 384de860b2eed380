package replctl.playbooks.run;

import java.time.Duration;
import java.util.Map;
import replctl.playbooks.plan.Action;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.ProgramCall;
import replctl.playbooks.world.Surroundings;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.World;

/** Runs a program of the operator's own in the name of an operation. */
final class HookRun {
  /** What the operator should read: see {@link Action.Hook}. */
  static final String NOTE = "note";

  private final World world;
  private final Mandate mandate;
  private final Action.Hook hook;
  private final Duration limit;

  HookRun(World world, Mandate mandate, Action.Hook hook, Duration limit) {
    this.world = world;
    this.mandate = mandate;
    this.hook = hook;
    this.limit = limit;
  }

  Answer perform() {
    ProgramCall call =
        hook.call()
            .with("operation", mandate.plan().op())
            .with("epoch", mandate.promise().map(p -> Long.toString(p.epoch())).orElse(""));
    Answer answer = world.surroundings().program(call, world.clock().in(limit));
    String program = hook.call().command().get(0);
    Facts facts = facts(answer);
    if (answer.isDone()) {
      return new Answer.Done(facts);
    }
    // A program that can't be run is named in the words already.
    String words =
        answer.kind() == Trouble.SAID_NO
            ? program + " says no: " + answer.words()
            : answer.words().startsWith(program) ? answer.words() : program + ": " + answer.words();
    return answer instanceof Answer.NotDone
        ? new Answer.NotDone(answer.kind(), words, facts)
        : new Answer.Unknown(answer.kind(), words, facts);
  }

  /** It can't be seen afterwards: it may be run again. */
  Answer probe() {
    return Answer.notDone(Trouble.SAID_NO, "it is not known to have run to its end");
  }

  private Facts facts(Answer answer) {
    if (answer.isDone()) {
      return answer
          .facts()
          .text(Surroundings.SAID)
          .map(
              said -> answer.facts().and(Facts.of(Map.of(NOTE, hook.program() + " says: " + said))))
          .orElse(answer.facts());
    }
    return hook.refusal()
        .map(code -> answer.facts().and(Facts.of(Map.of(FenceRun.REFUSAL, code.name()))))
        .orElse(answer.facts());
  }
}

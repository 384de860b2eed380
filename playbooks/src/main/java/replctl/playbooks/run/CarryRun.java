package replctl.playbooks.run;

import java.util.Map;
import java.util.OptionalLong;
import replctl.playbooks.plan.Action;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Progress;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/** Carries what lies on one host's disk to another's. No piece of it is kept here, or written. */
final class CarryRun {
  private final World world;
  private final Action.Carry plan;

  CarryRun(World world, Action.Carry plan) {
    this.world = world;
    this.plan = plan;
  }

  /** What was carried half-way is carried anew. */
  static Answer probe() {
    return Answer.notDone(Trouble.SAID_NO, "it is carried anew");
  }

  /** Asks what there is, and carries it; each piece goes on from where the last one ended. */
  Answer perform(Deadline by, Progress progress) {
    ScriptCall ask = plan.give().as(ScriptCall.Mode.PROBE);
    Answer there = world.hosts().run(Place.on(plan.from()), ask, by);
    OptionalLong bytes = there.facts().number("bytes");
    if (!there.isDone() || bytes.isEmpty()) {
      return notCarried(plan.from() + ": " + words(there, "it does not say what there is"), there);
    }
    Value manifest = Value.of(there.facts().text("manifest").orElse(""));
    Value all = Value.of(Long.toString(bytes.getAsLong()));
    for (long at = 0; at < bytes.getAsLong(); ) {
      progress.at(at, bytes.getAsLong());
      Value from = Value.of(Long.toString(at));
      Answer piece =
          world
              .hosts()
              .run(
                  Place.on(plan.from()),
                  ask.with("manifest", manifest).with("bytes", all).with("at", from),
                  by);
      long next = piece.facts().number("next").orElse(-1);
      if (!piece.isDone() || next <= at || next > bytes.getAsLong()) {
        return notCarried(plan.from() + ": " + words(piece, "its answer has no bytes"), there);
      }
      ScriptCall take =
          plan.take()
              .with("manifest", manifest)
              .with("bytes", all)
              .with("at", from)
              .with("next", Value.of(Long.toString(next)));
      for (Map.Entry<String, String> data : piece.facts().byName().entrySet()) {
        if (data.getKey().startsWith("data.")) {
          take = take.with(data.getKey(), Value.of(data.getValue()));
        }
      }
      Answer taken = world.hosts().run(Place.on(plan.to()), take, by);
      if (!taken.isDone()) {
        return taken.kind() == Trouble.OVERTAKEN
            ? taken
            : notCarried(plan.to() + ": " + taken.words(), there);
      }
      at = next;
    }
    return new Answer.Done(there.facts());
  }

  private static String words(Answer answer, String otherwise) {
    return answer.isDone() ? otherwise : answer.words();
  }

  /** What was taken of it lies beside, and nothing makes use of it. */
  private Answer notCarried(String why, Answer there) {
    Facts found =
        there.facts().and(Facts.of(Map.of("note", "what " + plan.from() + " alone has: " + why)));
    return new Answer.NotDone(
        there.kind() == Trouble.NONE ? Trouble.SAID_NO : there.kind(), why, found);
  }
}

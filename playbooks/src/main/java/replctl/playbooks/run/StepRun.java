package replctl.playbooks.run;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Progress;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/** Does, asks and takes back single steps. Knows nothing of plans and journals. */
final class StepRun {
  /** A probe is a look: longer than this, its answer is unknown. */
  private static final Duration PROBE = Duration.ofSeconds(10);

  /** An undo gets a deadline of its own, since the step's may be used up. */
  private static final Duration UNDO = Duration.ofSeconds(30);

  /** Found of a step that is not done, and of which parts may be. */
  static final String PARTS = "parts";

  private final World world;
  private final Mandate mandate;
  private final Function<String, Facts> found;

  /**
   * @param mandate the operation, and what it was promised
   * @param found what earlier steps have found, by their names
   */
  StepRun(World world, Mandate mandate, Function<String, Facts> found) {
    this.world = world;
    this.mandate = mandate;
    this.found = found;
  }

  /**
   * Does it. An answer that was lost is asked for once more: the step then shows whether it is
   * done.
   */
  Answer perform(Step step, Progress progress) {
    Answer answer = attempt(step, progress);
    // A program of the operator's own leaves nothing that could be asked.
    if (answer instanceof Answer.Unknown unknown && !(step.action() instanceof Action.Hook)) {
      return settled(step, unknown);
    }
    return answer;
  }

  private Answer attempt(Step step, Progress progress) {
    if (step.action() instanceof Action.Handover handover) {
      return handover(step, handover).perform();
    }
    if (step.action() instanceof Action.Fence fence) {
      return fence(fence).perform();
    }
    if (step.action() instanceof Action.Power power) {
      return new PowerRun(world, power).perform();
    }
    if (step.action() instanceof Action.Drill drill) {
      return new DrillRun(world, drill.with((node, call) -> complete(Place.on(node), call)))
          .perform();
    }
    if (step.action() instanceof Action.Address move) {
      return address(move).perform();
    }
    if (step.action() instanceof Action.Carry carry) {
      return carry(carry).perform(world.clock().in(step.limit()), progress);
    }
    if (step.action() instanceof Action.WriteDown record) {
      return mandate.record(record.wanted());
    }
    if (step.action() instanceof Action.Hook hook) {
      return hook(step, hook).perform();
    }
    ScriptCall call = complete(step.on(), call(step));
    return world.hosts().run(step.on(), call, world.clock().in(step.limit()), progress);
  }

  /** Asks whether it is done; changes nothing. */
  Answer probe(Step step) {
    if (step.action() instanceof Action.Handover handover) {
      return handover(step, handover).probe();
    }
    if (step.action() instanceof Action.Fence fence) {
      return fence(fence).probe();
    }
    if (step.action() instanceof Action.Power power) {
      return new PowerRun(world, power).probe();
    }
    if (step.action() instanceof Action.Drill drill) {
      return new DrillRun(world, drill).probe();
    }
    if (step.action() instanceof Action.Address move) {
      return address(move).probe();
    }
    if (step.action() instanceof Action.Carry) {
      return CarryRun.probe();
    }
    if (step.action() instanceof Action.WriteDown record) {
      return mandate.isRecorded(record.wanted());
    }
    if (step.action() instanceof Action.Hook hook) {
      return hook(step, hook).probe();
    }
    ScriptCall call = complete(step.on(), call(step));
    return world.hosts().run(step.on(), call.as(ScriptCall.Mode.PROBE), world.clock().in(PROBE));
  }

  private static ScriptCall call(Step step) {
    return step.action() instanceof Action.Open open
        ? open.call()
        : ((Action.Run) step.action()).call();
  }

  /** Whether there is a way back from it. */
  static boolean canBeUndone(Step step) {
    return step.undo().isPresent() || step.action() instanceof Action.Handover;
  }

  /** Asks its undo whether it can be taken back; changes nothing. */
  Answer canBeTakenBack(Step step) {
    return step.undo()
        .map(call -> complete(step.on(), call).as(ScriptCall.Mode.PROBE))
        .map(call -> world.hosts().run(step.on(), call, world.clock().in(PROBE)))
        .orElse(new Answer.Done(Facts.NONE));
  }

  /** Takes it back, wholly or what there is of it. */
  Answer undo(Step step) {
    if (step.action() instanceof Action.Handover handover) {
      return handover(step, handover).undo();
    }
    Duration limit = step.limit().compareTo(UNDO) > 0 ? step.limit() : UNDO;
    return step.undo()
        .map(
            call ->
                world.hosts().run(step.on(), complete(step.on(), call), world.clock().in(limit)))
        .orElse(new Answer.Done(Facts.NONE));
  }

  private Answer settled(Step step, Answer.Unknown lost) {
    Answer seen = probe(step);
    if (seen.isDone()) {
      return new Answer.Done(lost.facts().and(seen.facts()));
    }
    if (seen instanceof Answer.NotDone) {
      // Not done as a whole; parts of it may be: its undo runs too.
      return new Answer.NotDone(
          lost.trouble(), lost.why(), lost.facts().and(Facts.of(Map.of(PARTS, "maybe"))));
    }
    return new Answer.Unknown(
        lost.trouble(), lost.why() + "; asked again: " + seen.words(), lost.facts());
  }

  private HandoverRun handover(Step step, Action.Handover handover) {
    return new HandoverRun(
        world, handover.with((node, call) -> complete(Place.on(node), call)), step.limit());
  }

  private AddressRun address(Action.Address move) {
    return new AddressRun(world, move.with((node, call) -> complete(Place.on(node), call)));
  }

  private CarryRun carry(Action.Carry carry) {
    return new CarryRun(world, carry.with((node, call) -> complete(Place.on(node), call)));
  }

  private HookRun hook(Step step, Action.Hook hook) {
    return new HookRun(world, mandate, hook, step.limit());
  }

  private FenceRun fence(Action.Fence fence) {
    return new FenceRun(world, fence.with(call -> complete(Place.on(fence.node()), call)));
  }

  /** With the facts of earlier steps filled in, and the promise that the host will ask for. */
  private ScriptCall complete(Place on, ScriptCall call) {
    SortedMap<String, Value> values = new TreeMap<>();
    call.values().forEach((name, value) -> values.put(name, complete(value)));
    values.putAll(mandate.values(on));
    return new ScriptCall(call.script(), call.mode(), values);
  }

  private Value complete(Value value) {
    if (value instanceof Value.Known known) {
      return Value.of(found.apply(known.step()).text(known.fact()).orElse(""));
    }
    return value;
  }
}

package replctl.playbooks.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Action;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/**
 * The hand-over: both sides resident and ready, then freeze, catch-up, open, with nothing between
 * them that could be done before or after. While it is not known whether the candidate opened, the
 * old leader stays closed.
 */
final class HandoverRun {
  /** How long writes stood still, in the answer's facts; in milliseconds. */
  static final String STOOD_STILL = "stood_still_ms";

  /** Whether the old leader was found to follow: it is not opened then. */
  static final String FOLLOWS = "follows";

  /** Whether commits are acknowledged since: none (they wait for nobody), seen, awaited. */
  static final String ACKS = "acks";

  /**
   * Followers that were told stream again in about 0.1 s; those that don't are waited for later.
   */
  private static final Duration ACKNOWLEDGED = Duration.ofSeconds(1);

  private final World world;
  private final Action.Handover plan;
  private final Duration limit;

  HandoverRun(World world, Action.Handover plan, Duration limit) {
    this.world = world;
    this.plan = plan;
    this.limit = limit;
  }

  Answer perform() {
    try (Sides sides = Sides.open(world, plan)) {
      Optional<Answer> trouble = sides.ready().or(() -> sides.prepare(world.clock().in(limit)));
      return trouble.orElseGet(() -> freezeAndOpen(sides));
    }
  }

  private Answer freezeAndOpen(Sides sides) {
    long frozenAt = world.clock().nanos();
    Answer frozen = sides.closing().ask("freeze", Map.of(), world.clock().in(plan.freezeLimit()));
    if (!frozen.isDone()) {
      return thaw(sides, plan.from() + " did not close: " + frozen.words(), frozenAt);
    }
    Map<String, String> wanted =
        frozen
            .facts()
            .and(Facts.of(Map.of("seconds", Long.toString(plan.catchUpLimit().toSeconds()))))
            .byName();
    // The script ends its wait at the limit and says where it stands; the answer needs a moment
    // more.
    Deadline caughtUpBy = world.clock().in(plan.catchUpLimit().plusSeconds(5));
    Answer caughtUp = sides.opening().ask("catch-up", wanted, caughtUpBy);
    if (!caughtUp.isDone()) {
      return thaw(sides, plan.to() + " did not catch up: " + caughtUp.words(), frozenAt);
    }
    Answer opened = sides.opening().ask("open", Map.of(), world.clock().in(plan.openLimit()));
    Facts found =
        frozen.facts().and(caughtUp.facts()).and(opened.facts()).and(stoodStill(frozenAt));
    if (opened.isDone()) {
      return new Answer.Done(found.and(acknowledged(sides, frozenAt)));
    }
    if (opened instanceof Answer.NotDone) {
      return thaw(sides, plan.to() + " did not open: " + opened.words(), frozenAt);
    }
    return new Answer.Unknown(
        opened.kind(), "whether " + plan.to() + " opened: " + opened.words(), found);
  }

  /** Writes stand still until as many followers confirm them as the mode promises. */
  private Facts acknowledged(Sides sides, long frozenAt) {
    Optional<Answer> answer = sides.follow(ACKNOWLEDGED);
    String acks = answer.flatMap(a -> a.facts().text(ACKS)).orElse("unknown");
    return Facts.of(Map.of(ACKS, acks))
        .and(acks.equals("seen") ? stoodStill(frozenAt) : Facts.NONE);
  }

  /**
   * The candidate was never told to open, or said that it did not: the old leader may open again.
   */
  private Answer thaw(Sides sides, String why, long frozenAt) {
    sides.opening().close();
    Duration fresh = plan.freezeLimit().plus(plan.openLimit());
    Answer thawed = sides.closing().ask("thaw", Map.of(), world.clock().in(fresh));
    if (thawed.isDone()) {
      return new Answer.NotDone(Trouble.SAID_NO, why, stoodStill(frozenAt));
    }
    return new Answer.Unknown(
        thawed.kind(),
        why + "; and whether " + plan.from() + " opened again: " + thawed.words(),
        stoodStill(frozenAt));
  }

  /**
   * Asks the hosts alone whether it is done. The candidate's word decides; where it has none, an
   * old leader that takes writes says no, since it is closed before the candidate is told to open.
   */
  Answer probe() {
    Deadline by = world.clock().in(plan.lease().plus(Sides.READY));
    Map<NodeName, ScriptCall> calls =
        Map.of(plan.from(), plan.closing(), plan.to(), plan.opening());
    Map<NodeName, Optional<Answer>> answers =
        world
            .fanout()
            .each(List.of(plan.to(), plan.from()), node -> ask(node, calls.get(node), by), by);
    Answer opening = answer(answers, plan.to());
    Answer closing = answer(answers, plan.from());
    Optional<Boolean> opened = opening.facts().truth("open");
    if (opened.isPresent()) {
      return opened.get()
          ? new Answer.Done(opening.facts())
          : Answer.notDone(Trouble.SAID_NO, plan.to() + " is not open: " + opening.words());
    }
    if (closing.facts().truth("open").orElse(false)) {
      return Answer.notDone(Trouble.SAID_NO, plan.from() + " still takes writes");
    }
    return Answer.unknown(
        opening.kind(),
        plan.to() + ": " + opening.words() + "; " + plan.from() + ": " + closing.words());
  }

  /**
   * Takes it back: the candidate stands down, and only when that is certain the old leader opens.
   */
  Answer undo() {
    Duration fresh = plan.lease().plus(plan.freezeLimit()).plus(plan.openLimit()).plus(Sides.READY);
    Answer stoodDown =
        world
            .hosts()
            .run(
                Place.on(plan.to()),
                plan.opening()
                    .as(ScriptCall.Mode.PERFORM)
                    .with("lock_wait", Value.of(Long.toString(lockWait()))),
                world.clock().in(fresh));
    if (!stoodDown.isDone()) {
      return Answer.unknown(
          stoodDown.kind(),
          plan.from()
              + " stays closed, since it is not certain that "
              + plan.to()
              + " will not open: "
              + stoodDown.words());
    }
    return world
        .hosts()
        .run(
            Place.on(plan.from()),
            plan.closing()
                .as(ScriptCall.Mode.PERFORM)
                .with("lock_wait", Value.of(Long.toString(lockWait()))),
            world.clock().in(fresh));
  }

  private Answer ask(NodeName node, ScriptCall call, Deadline by) {
    ScriptCall probe =
        call.as(ScriptCall.Mode.PROBE).with("lock_wait", Value.of(Long.toString(lockWait())));
    return world.hosts().run(Place.on(node), probe, by);
  }

  /**
   * A resident that has lost its operator leaves after the lease: the lock is worth waiting for.
   */
  private long lockWait() {
    return plan.lease().toSeconds() + 5;
  }

  private static Answer answer(Map<NodeName, Optional<Answer>> answers, NodeName node) {
    return answers
        .getOrDefault(node, Optional.empty())
        .orElse(Answer.unknown(Trouble.OVERDUE, "no answer in time"));
  }

  private Facts stoodStill(long since) {
    long millis = Duration.ofNanos(world.clock().nanos() - since).toMillis();
    return Facts.of(Map.of(STOOD_STILL, Long.toString(millis)));
  }
}

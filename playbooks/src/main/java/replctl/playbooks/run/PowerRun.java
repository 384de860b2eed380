package replctl.playbooks.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import replctl.playbooks.plan.Action;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Power;
import replctl.playbooks.world.PowerDevice;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.World;

/**
 * Switches a node's devices. OFF: the first level that wholly succeeds is enough. ON: each device
 * of each level is switched, since any of them may hold the power back; one level that is wholly on
 * is enough, unless a device of another is known to be off.
 */
final class PowerRun {
  private static final Duration CONTACT = Duration.ofSeconds(5);

  private final World world;
  private final Action.Power plan;

  PowerRun(World world, Action.Power plan) {
    this.world = world;
    this.plan = plan;
  }

  Answer perform() {
    return plan.wish() == Power.Wish.OFF ? off() : up(all(plan.wish()));
  }

  Answer probe() {
    Answer seen = all(Power.Wish.STATUS);
    return plan.wish() == Power.Wish.ON && seen.isDone()
        ? world.hosts().contact(Place.on(plan.node()), world.clock().in(CONTACT))
        : seen;
  }

  /** A device may say that it failed, and the host boots all the same: the host's word counts. */
  private Answer up(Answer switched) {
    if (plan.wish() != Power.Wish.ON || switched instanceof Answer.NotDone) {
      return switched;
    }
    Answer answers = world.hosts().await(Place.on(plan.node()), world.clock().in(plan.boot()));
    return answers.isDone()
        ? state("on")
        : switched.isDone()
            ? Answer.unknown(
                answers.kind(), "it has power, and did not come up: " + answers.words())
            : switched;
  }

  private Answer off() {
    List<String> trouble = new ArrayList<>();
    for (List<PowerDevice> level : plan.levels()) {
      if (level.stream().allMatch(device -> done(device, ask(device, Power.Wish.OFF), trouble))) {
        return state("off");
      }
    }
    return Answer.unknown(Trouble.SAID_NO, String.join(", ", trouble));
  }

  private static boolean done(PowerDevice device, Answer answer, List<String> trouble) {
    if (!answer.isDone()) {
      trouble.add(device.label() + " (" + answer.words() + ")");
    }
    return answer.isDone();
  }

  /** Switches or asks all, and says whether they are as the plan wishes. */
  private Answer all(Power.Wish wish) {
    Power.Reading wanted = plan.wish() == Power.Wish.OFF ? Power.Reading.OFF : Power.Reading.ON;
    List<String> trouble = new ArrayList<>();
    boolean some = false;
    boolean other = false;
    for (List<PowerDevice> level : plan.levels()) {
      boolean whole = true;
      for (PowerDevice device : level) {
        Answer answer = ask(device, wish);
        Power.Reading reading = Power.Reading.of(answer);
        whole &= reading == wanted;
        other |= reading != wanted && reading != Power.Reading.UNKNOWN;
        if (reading == Power.Reading.UNKNOWN) {
          trouble.add(device.label() + " (" + answer.words() + ")");
        } else if (reading != wanted) {
          trouble.add(
              device.label() + " (says " + answer.facts().text(Power.STATE).orElse("?") + ")");
        }
      }
      some |= whole;
    }
    boolean enough = some && (wanted == Power.Reading.OFF || !other);
    if (enough) {
      return state(wanted == Power.Reading.OFF ? "off" : "on");
    }
    String words = String.join(", ", trouble);
    return other && !some
        ? Answer.notDone(Trouble.SAID_NO, words)
        : Answer.unknown(Trouble.SAID_NO, words);
  }

  private Answer ask(PowerDevice device, Power.Wish wish) {
    Duration limit = plan.limit();
    return world.power().ask(device, wish, world.clock().in(limit));
  }

  private static Answer state(String word) {
    return new Answer.Done(Facts.of(Map.of(Power.STATE, word)));
  }
}

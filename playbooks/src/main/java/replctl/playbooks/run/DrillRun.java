package replctl.playbooks.run;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Power;
import replctl.playbooks.world.PowerDevice;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/**
 * Tries a node's devices on the node: level by level its power goes off and on again, and it is
 * watched who goes. Whatever was found, the power is given back and the result is recorded.
 */
final class DrillRun {
  /** A host that is well answers in milliseconds; one without power never. */
  private static final Duration CONTACT = Duration.ofSeconds(3);

  private static final Duration RECORD = Duration.ofSeconds(10);

  private final World world;
  private final Action.Drill plan;

  DrillRun(World world, Action.Drill plan) {
    this.world = world;
    this.plan = plan;
  }

  /** It can't be seen afterwards whether a drill was held to its end: it is held again. */
  Answer probe() {
    return Answer.notDone(Trouble.SAID_NO, "it is not known to have been held to its end");
  }

  Answer perform() {
    // A drill that was cut off may have left it without power.
    Optional<String> trouble = up();
    for (List<PowerDevice> level : plan.levels()) {
      if (trouble.isEmpty()) {
        trouble = on(level).or(() -> offAndOn(level));
      }
    }
    return trouble.isEmpty() ? passed() : failed(trouble.get());
  }

  private Optional<String> up() {
    if (contact(plan.node()).isDone()) {
      return Optional.empty();
    }
    Answer back = power(Power.Wish.ON).perform();
    return back.isDone()
        ? Optional.empty()
        : Optional.of(plan.node() + " does not answer, and did not come up: " + back.words());
  }

  /** Each device says on while the node answers; else it is another machine's. */
  private Optional<String> on(List<PowerDevice> level) {
    for (PowerDevice device : level) {
      Answer status = ask(device, Power.Wish.STATUS);
      if (Power.Reading.of(status) == Power.Reading.OFF) {
        return Optional.of(device.label() + " says off, and " + plan.node() + " answers");
      }
      if (Power.Reading.of(status) != Power.Reading.ON) {
        return Optional.of(device.label() + ": " + status.words());
      }
    }
    return Optional.empty();
  }

  private Optional<String> offAndOn(List<PowerDevice> level) {
    Optional<String> trouble = off(level);
    Answer back = power(Power.Wish.ON).perform();
    return trouble.or(
        () ->
            back.isDone()
                ? Optional.empty()
                : Optional.of(plan.node() + " did not come back: " + back.words()));
  }

  private Optional<String> off(List<PowerDevice> level) {
    List<NodeName> well = plan.others().stream().filter(o -> contact(o).isDone()).toList();
    for (PowerDevice device : level) {
      Answer off = ask(device, Power.Wish.OFF);
      if (!off.isDone()) {
        return Optional.of(device.label() + ": " + off.words());
      }
    }
    String labels = level.stream().map(PowerDevice::label).collect(Collectors.joining(" and "));
    if (contact(plan.node()).isDone()) {
      return Optional.of(labels + " says off, and " + plan.node() + " answers on ssh");
    }
    Deadline by = world.clock().in(CONTACT);
    if (world.sql().read(plan.node(), plan.query(), by).isDone()) {
      return Optional.of(labels + " says off, and the server of " + plan.node() + " answers");
    }
    List<NodeName> gone = well.stream().filter(o -> !contact(o).isDone()).toList();
    return gone.isEmpty()
        ? Optional.empty()
        : Optional.of(labels + " switched off, and " + gone.get(0) + " was gone");
  }

  private Answer contact(NodeName node) {
    return world.hosts().contact(Place.on(node), world.clock().in(CONTACT));
  }

  private Answer ask(PowerDevice device, Power.Wish wish) {
    return world.power().ask(device, wish, world.clock().in(plan.limit()));
  }

  private PowerRun power(Power.Wish wish) {
    return new PowerRun(
        world, new Action.Power(plan.node(), plan.levels(), wish, plan.limit(), plan.boot()));
  }

  private Answer passed() {
    List<String> missing = record("passed");
    Map<String, String> facts = new TreeMap<>();
    facts.put("result", "passed");
    if (!missing.isEmpty()) {
      facts.put("unrecorded", String.join("\n", missing));
    }
    return missing.size() == plan.records().size()
        ? Answer.unknown(Trouble.SAID_NO, "it passed, and was recorded nowhere: " + missing)
        : new Answer.Done(Facts.of(facts));
  }

  private Answer failed(String why) {
    record("failed");
    String found = "the fence device of " + plan.node() + " did not pass: " + why + ".";
    Map<String, String> facts =
        Map.of(
            "result",
            "failed",
            FenceRun.REFUSAL,
            Refusal.Code.E_FENCE_03.name(),
            FenceRun.TOUCHED,
            "The power of " + plan.node() + " was given back as far as its devices can");
    return new Answer.NotDone(Trouble.SAID_NO, found, Facts.of(facts));
  }

  /** On every host that answers. */
  private List<String> record(String result) {
    String at = world.clock().now().truncatedTo(ChronoUnit.SECONDS).toString();
    Deadline by = world.clock().in(RECORD);
    Map<NodeName, Optional<Answer>> answers =
        world
            .fanout()
            .each(
                plan.records().keySet(),
                node ->
                    world
                        .hosts()
                        .run(
                            Place.on(node),
                            plan.records()
                                .get(node)
                                .with("result", Value.of(result))
                                .with("at", Value.of(at)),
                            by),
                by);
    List<String> missing = new ArrayList<>();
    answers.forEach(
        (node, answer) -> {
          if (!answer.map(Answer::isDone).orElse(false)) {
            missing.add(node + ": " + answer.map(Answer::words).orElse("no answer in time"));
          }
        });
    return missing;
  }
}

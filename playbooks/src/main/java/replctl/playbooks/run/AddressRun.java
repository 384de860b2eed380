package replctl.playbooks.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Action;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Power;
import replctl.playbooks.world.PowerDevice;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/** Moves an address to the new leader's host: first away from the others, then there. */
final class AddressRun {
  /** What the operator should know although it is done: see {@link Action.Address}. */
  static final String NOTE = "note";

  /** A host that does not drop it by then is taken for silent. */
  private static final Duration DROP = Duration.ofSeconds(5);

  /** Finding out whether nobody answers for the address takes ten seconds at the most. */
  private static final Duration HOLD = Duration.ofSeconds(20);

  /** A probe is a look: longer than this, its answer is not known. */
  private static final Duration PROBE = Duration.ofSeconds(10);

  /** Nothing of these proves that the host does not have the address. */
  private static final Set<Trouble> NO_CONTACT =
      EnumSet.of(
          Trouble.NO_ADDRESS,
          Trouble.REFUSED,
          Trouble.UNREACHABLE,
          Trouble.SILENT,
          Trouble.HOST_KEY,
          Trouble.LOGIN,
          Trouble.CUT,
          Trouble.OVERDUE);

  private static final Answer LATE = Answer.unknown(Trouble.OVERDUE, "no answer in time");

  private final World world;
  private final Action.Address plan;

  AddressRun(World world, Action.Address plan) {
    this.world = world;
    this.plan = plan;
  }

  /** One question of those that are asked at the same time. */
  private record Ask(Optional<NodeName> drop, Optional<PowerDevice> device) {}

  Answer perform() {
    List<Ask> asks = new ArrayList<>();
    plan.drops().keySet().forEach(n -> asks.add(new Ask(Optional.of(n), Optional.empty())));
    plan.levels()
        .forEach(level -> level.forEach(d -> asks.add(new Ask(Optional.empty(), Optional.of(d)))));
    Duration longest = plan.limit().compareTo(DROP) < 0 ? DROP : plan.limit();
    Map<Ask, Optional<Answer>> heard =
        world
            .fanout()
            .until(this::suffices, asks, this::ask, world.clock().in(longest.plusSeconds(1)));
    Map<NodeName, Answer> dropped = new TreeMap<>();
    Map<PowerDevice, Answer> readings = new LinkedHashMap<>();
    for (Ask ask : asks) {
      Answer answer = heard.getOrDefault(ask, Optional.empty()).orElse(LATE);
      ask.drop().ifPresent(node -> dropped.put(node, answer));
      ask.device().ifPresent(device -> readings.put(device, answer));
    }
    boolean off = isOff(readings);
    tryOtherWays(dropped, off);
    for (Map.Entry<NodeName, Answer> node : dropped.entrySet()) {
      Optional<Answer> no = objection(node.getKey(), node.getValue(), off);
      if (no.isPresent()) {
        return no.get();
      }
    }
    boolean silent =
        dropped.entrySet().stream()
            .anyMatch(e -> !e.getKey().equals(plan.from()) && !e.getValue().isDone());
    ScriptCall hold = plan.hold().with("silent", Value.of(silent ? "yes" : "no"));
    Answer held = world.hosts().run(Place.on(plan.to()), hold, world.clock().in(HOLD));
    return held.isDone() && off && !dropped.get(plan.from()).isDone()
        ? new Answer.Done(
            Facts.of(Map.of(NOTE, plan.from() + " is off, and has lost it")).and(held.facts()))
        : held;
  }

  /** Whether the address is where it should be and, as far as hosts answer, nowhere else. */
  Answer probe() {
    List<NodeName> all = new ArrayList<>(plan.drops().keySet());
    all.add(plan.to());
    Map<NodeName, Optional<Answer>> seen =
        world
            .fanout()
            .each(
                all,
                n ->
                    world
                        .hosts()
                        .run(
                            Place.on(n),
                            plan.drops().getOrDefault(n, plan.hold()).as(ScriptCall.Mode.PROBE),
                            world.clock().in(PROBE)),
                world.clock().in(PROBE.plusSeconds(1)));
    Answer held = seen.get(plan.to()).orElse(LATE);
    if (!held.isDone()) {
      return held;
    }
    // It was added because nobody else could have it: a host that is silent now changes nothing.
    return plan.drops().keySet().stream()
        .map(n -> seen.get(n).orElse(LATE))
        .filter(answer -> !answer.isDone() && !NO_CONTACT.contains(answer.kind()))
        .findFirst()
        .orElse(held);
  }

  private Answer ask(Ask ask) {
    return ask.drop().isPresent()
        ? drop(Place.on(ask.drop().get()), ask.drop().get())
        : world
            .power()
            .ask(ask.device().orElseThrow(), Power.Wish.STATUS, world.clock().in(plan.limit()));
  }

  private Answer drop(Place on, NodeName node) {
    return world.hosts().run(on, plan.drops().get(node), world.clock().in(DROP));
  }

  /** A host without power need not be waited for, nor the devices of one that answers. */
  private boolean suffices(Map<Ask, Answer> there) {
    Map<PowerDevice, Answer> readings = new LinkedHashMap<>();
    there.forEach((ask, answer) -> ask.device().ifPresent(d -> readings.put(d, answer)));
    long devices = plan.levels().stream().mapToLong(List::size).sum();
    Optional<Answer> from = drop(there, plan.from());
    boolean known =
        isOff(readings)
            || from.filter(a -> a.isDone() || !NO_CONTACT.contains(a.kind())).isPresent()
            || (from.isPresent() && readings.size() == devices);
    return known
        && plan.drops().keySet().stream()
            .allMatch(n -> n.equals(plan.from()) || drop(there, n).isPresent());
  }

  private static Optional<Answer> drop(Map<Ask, Answer> there, NodeName node) {
    return Optional.ofNullable(there.get(new Ask(Optional.of(node), Optional.empty())));
  }

  private boolean isOff(Map<PowerDevice, Answer> readings) {
    return plan.levels().stream()
        .anyMatch(
            level ->
                !level.isEmpty()
                    && level.stream()
                        .allMatch(
                            d ->
                                readings.containsKey(d)
                                    && Power.Reading.of(readings.get(d)) == Power.Reading.OFF));
  }

  /** Where the operator's own way is cut, the new leader's host may have one. */
  private void tryOtherWays(Map<NodeName, Answer> dropped, boolean off) {
    List<NodeName> unreached =
        dropped.entrySet().stream()
            .filter(e -> NO_CONTACT.contains(e.getValue().kind()))
            .map(Map.Entry::getKey)
            .filter(n -> !(off && n.equals(plan.from())))
            .toList();
    if (unreached.isEmpty()) {
      return;
    }
    world
        .fanout()
        .each(
            unreached,
            n -> drop(new Place.Via(n, plan.to()), n),
            world.clock().in(DROP.plusSeconds(1)))
        .forEach(
            (n, answer) ->
                answer
                    .filter(a -> a.isDone() || !NO_CONTACT.contains(a.kind()))
                    .ifPresent(a -> dropped.put(n, a)));
  }

  /** Why it can't be added yet; empty: this host does not stand in the way. */
  private Optional<Answer> objection(NodeName node, Answer answer, boolean off) {
    if (answer.isDone() || (off && node.equals(plan.from()))) {
      return Optional.empty();
    }
    if (answer.kind() == Trouble.OVERTAKEN) {
      return Optional.of(answer);
    }
    if (!NO_CONTACT.contains(answer.kind())) {
      return Optional.of(
          Answer.notDone(
              answer.kind(), node + " may still have " + plan.address() + ": " + answer.words()));
    }
    return node.equals(plan.from())
        ? Optional.of(
            Answer.notDone(
                answer.kind(),
                node
                    + " may still have "
                    + plan.address()
                    + ", which is not added to "
                    + plan.to()
                    + ": it does not answer ("
                    + answer.words()
                    + "), and no device says that it is off"))
        : Optional.empty();
  }
}

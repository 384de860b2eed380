package replctl.playbooks.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.Fencing;
import replctl.inventory.NodeName;
import replctl.playbooks.fence.Knock;
import replctl.playbooks.fence.Ladder;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Sequel;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Power;
import replctl.playbooks.world.PowerDevice;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/**
 * Closes one node and proves it. While SSH is tried the devices' status is read; where the host
 * answers within the patience it stops its server itself, else its power goes off.
 */
final class FenceRun {
  /** Facts of the answer: see {@link Action.Fence}. */
  static final String CLOSED = "closed";

  static final String HOW = "how";
  static final String TRIED = "tried";
  static final String OWED = "owed";
  static final String REFUSAL = "refusal";

  /** What of the node may have been changed although it is not fenced; absent: nothing. */
  static final String TOUCHED = "touched";

  /** Finding a server's parts on a host that answers. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** A host that answered a second ago and is well does so in a few milliseconds. */
  private static final Duration AGAIN = Duration.ofSeconds(2);

  /** A probe is a look: longer than this, its answer is not known. */
  private static final Duration PROBE = Duration.ofSeconds(10);

  private final World world;
  private final Action.Fence plan;
  private final List<String> tried = new ArrayList<>();
  private Optional<String> touched = Optional.empty();

  FenceRun(World world, Action.Fence plan) {
    this.world = world;
    this.plan = plan;
  }

  Answer perform() {
    Knock knock = knock();
    Ladder ladder = new Ladder(plan, knock);
    tried.addAll(ladder.silent());
    Optional<Ladder.No> no = ladder.objection();
    if (no.isPresent()) {
      return refused(no.get());
    }
    for (Place way : ladder.ways()) {
      Answer stopped = stop(way);
      if (stopped.isDone()) {
        return closed(
            Fencing.Strength.STOPPED, "stopped on its host" + through(way), stopped.facts());
      }
      tried.add(Knock.way(way) + " (" + stopped.words() + ")");
      Optional<Ladder.No> forbidden = ladder.forbids(stopped);
      if (forbidden.isPresent()) {
        return refused(forbidden.get());
      }
      if (!Ladder.anotherWay(stopped)) {
        break;
      }
    }
    if (!ladder.ways().isEmpty() && !ladder.levels().isEmpty()) {
      // They were not waited for, since the host was to stop itself.
      ladder = new Ladder(plan, withDevices(knock));
    }
    for (List<PowerDevice> level : ladder.levels()) {
      Optional<Answer> ended = level(ladder, level);
      if (ended.isPresent()) {
        return ended.get();
      }
    }
    if (ladder.operatorsWordCounts()) {
      String who = plan.confirmed().orElseThrow();
      return closed(Fencing.Strength.OPERATOR, "seen off by " + who, owed());
    }
    return refused(ladder.notProven(tried));
  }

  /**
   * Whether it is closed, as a resumed operation asks. Devices count only where they were seen to
   * switch this very host; where it can't be told it is not proven, and may be done again.
   */
  Answer probe() {
    Knock knock = knock();
    for (Place way : knock.open()) {
      Answer seen = onHost(way, ScriptCall.Mode.PROBE, world.clock().in(PROBE));
      if (seen.isDone()) {
        return closed(
            Fencing.Strength.STOPPED, "found stopped on its host" + through(way), Facts.NONE);
      }
    }
    boolean off =
        plan.drilled()
            && !knock.answers()
            && plan.accept().contains(Fencing.Strength.POWER)
            && plan.levels().stream()
                .anyMatch(l -> l.stream().allMatch(d -> knock.reading(d) == Power.Reading.OFF));
    return off
        ? closed(Fencing.Strength.POWER, "found off", owed())
        : Answer.notDone(Trouble.SAID_NO, plan.node() + " is not proven to be closed");
  }

  private static String through(Place way) {
    return way instanceof Place.Via via ? " through " + via.through() : "";
  }

  // Asking.

  /** One question of those that are asked at the same time. */
  private record Ask(Optional<Place> way, Optional<PowerDevice> device, Optional<NodeName> other) {
    static Ask way(Place place) {
      return new Ask(Optional.of(place), Optional.empty(), Optional.empty());
    }

    static Ask device(PowerDevice device) {
      return new Ask(Optional.empty(), Optional.of(device), Optional.empty());
    }

    static Ask other(NodeName node) {
      return new Ask(Optional.empty(), Optional.empty(), Optional.of(node));
    }

    static Ask server() {
      return new Ask(Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  private Knock knock() {
    Deadline patience = world.clock().in(plan.patience());
    Deadline devices = world.clock().in(longer(plan.patience(), plan.powerLimit()));
    List<Place> ways = new ArrayList<>(List.of(Place.on(plan.node())));
    plan.through().forEach(other -> ways.add(new Place.Via(plan.node(), other)));
    List<Ask> asks = new ArrayList<>(ways.stream().map(Ask::way).toList());
    asks.add(Ask.server());
    plan.levels().forEach(level -> level.forEach(device -> asks.add(Ask.device(device))));
    if (!plan.drilled() && !plan.levels().isEmpty()) {
      plan.through().forEach(other -> asks.add(Ask.other(other)));
    }
    Map<Ask, Optional<Answer>> answers =
        world.fanout().until(this::suffices, asks, ask -> ask(ask, patience, devices), devices);
    return knock(ways, answers);
  }

  /** What has answered, and the rest of the devices and of the other hosts asked to the end. */
  private Knock withDevices(Knock before) {
    Deadline by = world.clock().in(longer(plan.patience(), plan.powerLimit()));
    Map<PowerDevice, Answer> devices = new LinkedHashMap<>(before.devices());
    Map<NodeName, Answer> others = new TreeMap<>(before.others());
    List<Ask> asks = new ArrayList<>();
    devices.forEach((device, answer) -> unheard(answer, Ask.device(device), asks));
    others.forEach((other, answer) -> unheard(answer, Ask.other(other), asks));
    Map<Ask, Optional<Answer>> answers = world.fanout().each(asks, ask -> ask(ask, by, by), by);
    asks.forEach(
        ask -> {
          ask.device().ifPresent(device -> devices.put(device, answer(answers, ask)));
          ask.other().ifPresent(other -> others.put(other, answer(answers, ask)));
        });
    return new Knock(before.ways(), before.server(), devices, others);
  }

  private static void unheard(Answer answer, Ask ask, List<Ask> asks) {
    if (answer.equals(Knock.SILENT)) {
      asks.add(ask);
    }
  }

  private Knock knock(List<Place> ways, Map<Ask, Optional<Answer>> answers) {
    Map<Place, Answer> byWay = new LinkedHashMap<>();
    ways.forEach(way -> byWay.put(way, answer(answers, Ask.way(way))));
    Map<PowerDevice, Answer> byDevice = new LinkedHashMap<>();
    Map<NodeName, Answer> others = new TreeMap<>();
    answers
        .keySet()
        .forEach(
            ask -> {
              ask.device().ifPresent(device -> byDevice.put(device, answer(answers, ask)));
              ask.other().ifPresent(other -> others.put(other, answer(answers, ask)));
            });
    return new Knock(byWay, answer(answers, Ask.server()), byDevice, others);
  }

  private static Answer answer(Map<Ask, Optional<Answer>> answers, Ask ask) {
    return answers.getOrDefault(ask, Optional.empty()).orElse(Knock.SILENT);
  }

  private Answer ask(Ask ask, Deadline patience, Deadline devices) {
    if (ask.way().isPresent()) {
      // A login that the look before has begun need not be given the same time again.
      Duration waited = world.hosts().waited(ask.way().get());
      return world.hosts().contact(ask.way().get(), patience.earlierBy(waited));
    }
    if (ask.device().isPresent()) {
      return world.power().ask(ask.device().get(), Power.Wish.STATUS, devices);
    }
    return ask.other().isPresent()
        ? world.hosts().contact(Place.on(ask.other().get()), patience)
        : world.sql().read(plan.node(), plan.query(), patience);
  }

  /**
   * A host that answers need not be asked by other ways, if it may stop itself; nor one that had
   * its time, if devices that were seen to switch it are there to do so.
   */
  private boolean suffices(Map<Ask, Answer> there) {
    boolean stops =
        plan.accept().contains(Fencing.Strength.STOPPED)
            && there.entrySet().stream()
                .anyMatch(e -> e.getKey().way().isPresent() && e.getValue().isDone());
    Optional<Answer> straight = Optional.ofNullable(there.get(Ask.way(Place.on(plan.node()))));
    boolean switches =
        plan.accept().contains(Fencing.Strength.POWER)
            && plan.drilled()
            && !plan.levels().isEmpty()
            && straight.filter(answer -> !answer.isDone()).isPresent()
            && plan.levels().get(0).stream()
                .allMatch(
                    d -> there.containsKey(Ask.device(d)) && there.get(Ask.device(d)).isDone());
    return stops || switches;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? b : a;
  }

  // The cooperative stop.

  private Answer stop(Place way) {
    Answer stopped = onHost(way, ScriptCall.Mode.PERFORM, world.clock().in(plan.stopLimit()));
    if (stopped instanceof Answer.Unknown unknown) {
      touched = Optional.of(plan.node() + " was told to stop, and whether it did is not known");
      Answer seen = onHost(way, ScriptCall.Mode.PROBE, world.clock().in(PROBE));
      return seen.isDone() ? seen : unknown;
    }
    return stopped;
  }

  private Answer onHost(Place way, ScriptCall.Mode mode, Deadline by) {
    ScriptCall call = plan.stop().as(mode);
    if (plan.look().isPresent()) {
      Action.Look look = plan.look().get();
      Answer found = world.hosts().run(way, look.question(), world.clock().in(LOOK).orEarlier(by));
      if (!found.isDone()) {
        return Answer.notDone(found.kind(), "its server was not found: " + found.words());
      }
      for (String name : look.found()) {
        Optional<String> text = found.facts().text(name);
        if (text.isPresent()) {
          call = call.with(name, Value.of(text.get()));
        }
      }
    }
    return world.hosts().run(way, call, by);
  }

  // The power.

  private Optional<Answer> level(Ladder ladder, List<PowerDevice> level) {
    for (PowerDevice device : level) {
      if (!ladder.isTold(device)) {
        tried.add(device.label() + " (" + ladder.whyNot(device) + ")");
        return Optional.empty();
      }
      Answer off = world.power().ask(device, Power.Wish.OFF, world.clock().in(plan.powerLimit()));
      if (!off.isDone()) {
        tried.add(device.label() + " (" + ladder.words(off) + ")");
        if (off instanceof Answer.Unknown) {
          touched =
              Optional.of(
                  device.label() + " was told to switch off, and whether it did is not known");
        }
        return Optional.empty();
      }
      touched = Optional.of(device.label() + " was told to switch off, and says that it did");
    }
    PowerDevice last = level.get(level.size() - 1);
    Optional<Ladder.No> no = ladder.contradicts(last, again(ladder.knock()));
    if (no.isPresent()) {
      return Optional.of(refused(no.get()));
    }
    String names = String.join(" and ", level.stream().map(PowerDevice::label).toList());
    return Optional.of(
        closed(
            Fencing.Strength.POWER,
            names + " switched off, and says off when asked again",
            owed()));
  }

  /** Who had answered is asked once more; one that had not, need not be waited for. */
  private Knock again(Knock before) {
    Deadline by = world.clock().in(AGAIN);
    List<Ask> asks = new ArrayList<>(before.open().stream().map(Ask::way).toList());
    if (before.server().isDone()) {
      asks.add(Ask.server());
    }
    before
        .others()
        .forEach(
            (other, answer) -> {
              if (answer.isDone()) {
                asks.add(Ask.other(other));
              }
            });
    Map<Ask, Optional<Answer>> answers = world.fanout().each(asks, ask -> ask(ask, by, by), by);
    return knock(before.open(), answers);
  }

  // Answers.

  private Answer closed(Fencing.Strength strength, String how, Facts more) {
    Map<String, String> facts = new TreeMap<>();
    facts.put(CLOSED, strength.word());
    facts.put(HOW, how);
    facts.put(TRIED, String.join("\n", tried));
    return new Answer.Done(more.and(Facts.of(facts)));
  }

  /** Its own start block could not be placed: it is placed when the host can be reached again. */
  private static Facts owed() {
    return Facts.of(Map.of(OWED, "start block"));
  }

  private Answer refused(Ladder.No no) {
    Map<String, String> facts = new TreeMap<>();
    facts.put(REFUSAL, no.code().name());
    facts.put(TRIED, String.join("\n", tried));
    touched.ifPresent(what -> facts.put(TOUCHED, what));
    return new Answer.NotDone(Trouble.SAID_NO, no.found(), Facts.of(facts));
  }

  /**
   * What a fence that was not proven, or a veto, means to the operation that it was a step of.
   *
   * @param closed whether it has closed another node, which stays closed
   */
  static Optional<Refusal> refusal(Plan plan, Step step, Answer answer, boolean closed) {
    Optional<String> code = answer.facts().text(REFUSAL);
    if (code.isEmpty()) {
      return Optional.empty();
    }
    Refusal.Code no = Refusal.Code.valueOf(code.get());
    String unchanged =
        answer
            .facts()
            .text(TOUCHED)
            .map(what -> what + ". Nothing else was changed.")
            .orElse("Nothing was changed.");
    if (step.action() instanceof Action.Hook hook) {
      return Optional.of(new Refusal(no, answer.words() + ".", unchanged, hook.otherwise()));
    }
    List<String> next =
        no == Refusal.Code.E_FENCE_01 && step.action() instanceof Action.Fence fence
            ? List.of(
                "switch "
                    + fence.node()
                    + " off by hand, see that it is off, then: replctl "
                    + again(plan, closed)
                    + " --confirm-fenced "
                    + fence.node())
            : List.of("replctl fence verify");
    return Optional.of(new Refusal(no, answer.words(), unchanged, next));
  }

  /**
   * What to type once more. A leader that this operation has closed could be opened again: whoever
   * wants another to lead all the same must say why, now if not before.
   */
  private static String again(Plan plan, boolean closed) {
    Optional<String> typed = plan.sequel().flatMap(s -> s.option(Sequel.LEADER_IS_BROKEN));
    boolean givesUp = plan.sequel().isPresent();
    String why =
        typed
            .map(FenceRun::quoted)
            .or(() -> closed && givesUp ? Optional.of("REASON") : Optional.empty())
            .map(reason -> " --" + Sequel.LEADER_IS_BROKEN + " " + reason)
            .orElse("");
    return plan.verb() + why;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}

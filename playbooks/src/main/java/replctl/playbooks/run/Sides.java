package replctl.playbooks.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Action;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Resident;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.World;

/** Who is resident during a hand-over: the leader, the candidate, and the followers that came. */
final class Sides implements AutoCloseable {
  /** Logging in, taking the lock, opening a session: seconds at the most. */
  static final Duration READY = Duration.ofSeconds(15);

  /** A follower that needs longer is not waited for: its own step makes it follow later. */
  private static final Duration FOLLOWER_READY = Duration.ofSeconds(3);

  private final World world;
  private final Action.Handover plan;
  private final Resident closing;
  private final Resident opening;
  private final SortedMap<NodeName, Resident> following = new TreeMap<>();
  private final Set<NodeName> late = new HashSet<>();
  private boolean closed;

  private Sides(World world, Action.Handover plan, Resident closing, Resident opening) {
    this.world = world;
    this.plan = plan;
    this.closing = closing;
    this.opening = opening;
  }

  /** Starts the two that matter. */
  static Sides open(World world, Action.Handover plan) {
    Deadline by = world.clock().in(READY);
    Resident closing = world.hosts().open(Place.on(plan.from()), resident(plan.closing()), by);
    Resident opening = world.hosts().open(Place.on(plan.to()), resident(plan.opening()), by);
    return new Sides(world, plan, closing, opening);
  }

  private static ScriptCall resident(ScriptCall call) {
    return call.as(ScriptCall.Mode.RESIDENT);
  }

  Resident closing() {
    return closing;
  }

  Resident opening() {
    return opening;
  }

  /** Whether both can begin; empty: they can. Followers join that can, too. */
  Optional<Answer> ready() {
    Deadline by = world.clock().in(READY);
    Optional<Answer> trouble = firstTrouble(both(r -> r.ready(by), by), "is not ready");
    if (trouble.isEmpty()) {
      joinedBy(world.clock().in(FOLLOWER_READY));
    }
    return trouble;
  }

  private void joinedBy(Deadline by) {
    Map<NodeName, Optional<Answer>> answers =
        world.fanout().each(plan.following().keySet(), node -> join(node, by), by);
    synchronized (following) {
      answers.forEach(
          (node, answer) -> {
            if (!answer.map(Answer::isDone).orElse(false)) {
              absent(node);
            }
          });
    }
  }

  private Answer join(NodeName node, Deadline by) {
    Resident resident =
        world.hosts().open(Place.on(node), resident(plan.following().get(node)), by);
    synchronized (following) {
      following.put(node, resident);
      if (closed || late.contains(node)) {
        absent(node);
      }
    }
    return resident.ready(by);
  }

  /** One that was late must not stay and hold its host's lock, even if it comes still. */
  private void absent(NodeName node) {
    late.add(node);
    Optional.ofNullable(following.remove(node)).ifPresent(Resident::close);
  }

  /** What can be done while writes go on; empty: it is done. */
  Optional<Answer> prepare(Deadline by) {
    return firstTrouble(both(r -> r.ask("prepare", Map.of(), by), by), "could not be prepared");
  }

  /**
   * Tells the followers that the candidate is open, and asks it meanwhile whether commits are
   * acknowledged.
   *
   * @return the candidate's answer, should it have one
   */
  Optional<Answer> follow(Duration patience) {
    Deadline by = world.clock().in(patience.plus(FOLLOWER_READY));
    SortedMap<NodeName, Resident> told;
    synchronized (following) {
      told = new TreeMap<>(following);
    }
    List<NodeName> asked = new ArrayList<>(told.keySet());
    asked.add(plan.to());
    // Where nobody is told, nobody will acknowledge soon.
    long millis = told.isEmpty() ? 0 : patience.toMillis();
    Map<String, String> wait = Map.of("milliseconds", Long.toString(millis));
    return world
        .fanout()
        .each(
            asked,
            node ->
                node.equals(plan.to())
                    ? opening.ask("acknowledged", wait, by)
                    : told.get(node).ask("follow", Map.of(), by),
            by)
        .get(plan.to());
  }

  private Map<NodeName, Optional<Answer>> both(Function<Resident, Answer> question, Deadline by) {
    return world
        .fanout()
        .each(
            List.of(plan.from(), plan.to()),
            node -> question.apply(node.equals(plan.from()) ? closing : opening),
            by);
  }

  /** Nothing was closed yet: whatever is wrong on either side, it had no effect. */
  private static Optional<Answer> firstTrouble(
      Map<NodeName, Optional<Answer>> answers, String what) {
    for (Map.Entry<NodeName, Optional<Answer>> each : answers.entrySet()) {
      Answer answer = each.getValue().orElse(Answer.unknown(Trouble.OVERDUE, "no answer in time"));
      if (!answer.isDone()) {
        return Optional.of(
            Answer.notDone(answer.kind(), each.getKey() + " " + what + ": " + answer.words()));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    List<Resident> all = new ArrayList<>();
    synchronized (following) {
      closed = true;
      all.addAll(following.values());
    }
    all.add(opening);
    all.add(closing);
    all.forEach(Resident::close);
  }
}

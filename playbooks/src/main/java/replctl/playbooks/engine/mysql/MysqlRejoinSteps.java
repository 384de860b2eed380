package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.RejoinGoal;
import replctl.playbooks.engine.Setup;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.world.Value;

/** The steps of each way back. */
final class MysqlRejoinSteps {
  private static final Duration QUICK = Duration.ofSeconds(30);

  /** Crash recovery decides how long a start takes; the server is only waited for. */
  private static final Duration STARTING = Duration.ofMinutes(10);

  /** Until dirty pages are written. */
  private static final Duration STOPPING = Duration.ofMinutes(10);

  /** Copies logs and reads them: some seconds a gigabyte. */
  private static final Duration SAVING = Duration.ofHours(1);

  /** All of its data, once over its own disk: a limit, not an estimate. */
  private static final Duration KEEPING = Duration.ofDays(1);

  /** At most a thousand commits, each of which may wait for others. */
  private static final Duration INJECTING = Duration.ofMinutes(5);

  private final RejoinGoal goal;
  private final MysqlRemains has;
  private final Setup setup;
  private final MysqlScripts scripts;
  private final NodeName node;

  MysqlRejoinSteps(RejoinGoal goal, Setup setup) {
    this.goal = goal;
    this.has = new MysqlRemains(goal);
    this.setup = setup;
    this.scripts = new MysqlScripts(goal.site(), goal.leader());
    this.node = goal.node();
  }

  List<Phase> phases(String way) {
    List<Phase> phases = new ArrayList<>();
    phases.add(Phase.inOrder(node + " has its credentials", credentials()));
    switch (way) {
      case MysqlRejoinLadder.FOLLOW -> byFollow(phases);
      case MysqlRejoinLadder.INJECT -> byInject(phases);
      case MysqlRejoinLadder.CLONE -> byClone(phases);
      default -> throw new IllegalArgumentException("no way back: " + way);
    }
    return phases;
  }

  private List<Step> credentials() {
    SetupGoal alone =
        new SetupGoal(goal.site(), goal.leader(), List.of(node), SetupGoal.Policy.CAUTIOUS);
    List<Step> steps = new ArrayList<>(setup.authority(alone));
    steps.addAll(setup.credentials(goal.setup(), node));
    return steps;
  }

  private void byFollow(List<Phase> phases) {
    if (has.hasTail()) {
      phases.add(Phase.inOrder("what " + node + " alone has received is kept", kept()));
    }
    List<Step> steps = new ArrayList<>(started());
    steps.addAll(following(has.compared()));
    phases.add(Phase.inOrder(node + " follows " + goal.from(), steps));
  }

  private void byInject(List<Phase> phases) {
    phases.add(Phase.inOrder("what " + node + " alone has is kept", kept()));
    Step inject =
        scripts.onData(
            "inject-" + goal.leader(),
            "have "
                + goal.leader()
                + " count "
                + MysqlRejoinLadder.shown(has.own())
                + " as done, by empty transactions",
            goal.leader(),
            "inject",
            Map.of("set", set(has.own())),
            INJECTING);
    phases.add(Phase.inOrder(goal.leader() + " has all that " + node + " counts", List.of(inject)));
    List<Step> steps = new ArrayList<>(started());
    steps.addAll(following(has.compared().with(has.own())));
    phases.add(Phase.inOrder(node + " follows " + goal.from(), steps));
  }

  private void byClone(List<Phase> phases) {
    if (!has.absent()) {
      phases.add(Phase.inOrder("what " + node + " alone has is kept", kept()));
      List<Step> aside = new ArrayList<>();
      if (has.keepsData()) {
        aside.add(setAside());
        aside.addAll(start());
      } else {
        aside.addAll(started());
      }
      phases.add(Phase.inOrder(node + "'s server runs closed, to be replaced", aside));
    }
    List<Step> copying = new ArrayList<>();
    for (Step step : setup.copy(goal.setup(), node, goal.from())) {
      copying.add(must(step));
    }
    phases.add(Phase.inOrder(node + " follows " + goal.from() + ", as a copy of it", copying));
  }

  /** A copy that was asked for may replace what is there: what it alone had is kept by then. */
  private Step must(Step step) {
    Action action =
        !has.absent()
                && step.name().equals("copy-" + node)
                && step.action() instanceof Action.Run run
            ? new Action.Run(run.call().with("replace", Value.of("yes")))
            : step.action();
    return new Step(
        step.name(),
        step.title(),
        step.on(),
        action,
        step.undo(),
        step.limit(),
        Step.OnFailure.STOP);
  }

  /** It stands still, and what it alone has is in files of its own. */
  private List<Step> kept() {
    List<Step> steps = new ArrayList<>();
    if (has.runs() && goal.seen().role() == Role.FOLLOWER) {
      steps.add(
          scripts
              .onData(
                  "hold-" + node,
                  "have " + node + " neither receive nor apply",
                  node,
                  "hold",
                  hold("held"),
                  STOPPING)
              .undoneBy(scripts.performOnData(node, "hold", hold("going"))));
    }
    if (has.hasTail()) {
      steps.add(
          scripts.onData(
              "save-" + node,
              "keep and list what " + node + " alone has",
              node,
              "save-tail",
              Map.of("theirs", set(has.compared())),
              SAVING));
    }
    return steps;
  }

  private static Map<String, Value> hold(String wish) {
    return Map.of("wish", Value.of(wish), "patience", MysqlScripts.seconds(STOPPING.minus(QUICK)));
  }

  private Step setAside() {
    Step step =
        scripts.onData(
            "set-aside-" + node,
            "stop " + node + ", and keep its whole data beside",
            node,
            "set-aside",
            Map.of("patience", MysqlScripts.seconds(STOPPING)),
            KEEPING);
    return has.runs() ? step.undoneBy(scripts.performOnData(node, "start", starting())) : step;
  }

  private List<Step> started() {
    return has.runs() ? List.of() : start();
  }

  /** Its configuration closes it; what keeps a fenced node from being started can go. */
  private List<Step> start() {
    return List.of(
        scripts.onData(
            "lift-" + node,
            "let " + node + "'s server be started again",
            node,
            "lift",
            Map.of(),
            QUICK),
        scripts.onData(
            "start-" + node,
            "start " + node + ", closed",
            node,
            "start",
            starting(),
            STARTING.plus(QUICK)));
  }

  private static Map<String, Value> starting() {
    return Map.of("as", Value.of("closed"), "patience", MysqlScripts.seconds(STARTING));
  }

  private List<Step> following(GtidSet theirs) {
    Map<String, Value> values = new TreeMap<>();
    values.put("theirs", set(theirs));
    values.put("purged", set(has.purged()));
    values.put("again", Value.of("replctl rejoin " + node));
    List<Step> steps = new ArrayList<>();
    if (!has.waiting().isEmpty()) {
      steps.add(
          scripts.onData(
              "discard-" + node,
              "drop what " + node + " has received and not applied",
              node,
              "discard",
              Map.of("theirs", set(theirs)),
              QUICK));
    }
    steps.add(
        scripts.onData(
            "may-follow-" + node,
            "see that " + node + " has nothing of its own, and can be sent what it lacks",
            node,
            "lacks-nothing",
            values,
            QUICK));
    steps.add(
        new MysqlFollow(scripts, node, goal.from())
            .follow(MysqlFollow.Stopped.REFUSED, MysqlAcknowledging.recorded(goal.site(), node)));
    return steps;
  }

  private static Value set(GtidSet set) {
    return Value.of(set.toString());
  }

  /** Whatever it was before: nothing of it waits, and no event of its own runs. */
  List<Step> tidy() {
    return has.absent()
        ? List.of()
        : List.of(
            scripts
                .onData(
                    "tidy-" + node,
                    "end what " + node + " did as a leader: waiting commits, events",
                    node,
                    "tidy",
                    Map.of(),
                    QUICK)
                .owed());
  }
}

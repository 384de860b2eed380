package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Certificates;
import replctl.playbooks.engine.RejoinGoal;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.world.Value;

/** The steps of each way back. */
final class RejoinSteps {
  private static final Duration QUICK = Duration.ofSeconds(30);
  private static final Duration STOPPING = Duration.ofMinutes(2);
  private static final Duration CHECKPOINT = Duration.ofMinutes(10);

  /** Recovery decides how long a start takes; the server is only waited for. */
  private static final Duration STARTING = Duration.ofMinutes(10);

  /** Copies segments of the log and reads them: some seconds a gigabyte. */
  private static final Duration SAVING = Duration.ofHours(1);

  /** Crash recovery, then all pages that were changed since the fork: a limit, not an estimate. */
  private static final Duration REWINDING = Duration.ofDays(1);

  /** For one segment, 16 MB, however far away the archive is. */
  private static final Duration RESTORING = Duration.ofMinutes(2);

  private final RejoinGoal goal;
  private final Remains has;
  private final FromArchive archive;
  private final SetupGoal setup;
  private final Scripts scripts;
  private final Follow follow;
  private final NodeName node;

  RejoinSteps(RejoinGoal goal) {
    this.goal = goal;
    this.has = new Remains(goal);
    this.archive = FromArchive.of(has);
    this.setup = goal.setup();
    this.scripts = new Scripts(goal.site(), goal.leader());
    this.follow = new Follow(setup, scripts, goal.node(), goal.from());
    this.node = goal.node();
  }

  List<Phase> phases(String way) {
    List<Phase> phases = new ArrayList<>();
    phases.add(Phase.inOrder(node + " has its credentials", credentials()));
    switch (way) {
      case RejoinLadder.FOLLOW -> byFollow(phases);
      case RejoinLadder.REWIND -> byRewind(phases);
      case RejoinLadder.CLONE -> byClone(phases);
      default -> throw new IllegalArgumentException("no way back: " + way);
    }
    return phases;
  }

  private List<Step> credentials() {
    SetupGoal alone =
        new SetupGoal(goal.site(), goal.leader(), List.of(node), SetupGoal.Policy.CAUTIOUS);
    List<Step> steps = new ArrayList<>(Certificates.authority(alone));
    steps.addAll(new PostgresqlSetup().credentials(setup, node));
    return steps;
  }

  private void byFollow(List<Phase> phases) {
    phases.add(Phase.inOrder("the log is kept for " + node, List.of(follow.slot())));
    List<Step> steps = new ArrayList<>();
    if (goal.seen().presence() != Presence.RUNNING || archive.takesAStart()) {
      steps.addAll(stop());
      steps.addAll(archive.steps());
      Map<String, Value> values = new TreeMap<>();
      values.put("conninfo", Value.of(conninfo()));
      values.put("slot", Value.of(Conninfo.slot(node)));
      steps.add(
          scripts.onData(
              "point-" + node,
              "make " + node + "'s server a follower of " + goal.from(),
              node,
              "point",
              values,
              QUICK));
      steps.addAll(start());
    } else {
      steps.addAll(archive.steps());
    }
    steps.add(archive.upstreamLacks() ? follow.catchUp(Follow.CATCHING_UP) : follow.follow());
    phases.add(Phase.inOrder(node + " follows " + goal.from(), steps));
  }

  private void byRewind(List<Phase> phases) {
    phases.add(Phase.inOrder("what " + node + " alone has is kept", kept()));
    List<Step> ready = new ArrayList<>();
    ready.add(checkpoint());
    ready.add(follow.slot());
    phases.add(Phase.inOrder(goal.leader() + " is ready", ready));
    phases.add(
        Phase.inOrder(
            node + "'s data is what " + goal.leader() + "'s was at the fork",
            List.of(rewind(), should(follow.copy()), ownFiles())));
    List<Step> following = new ArrayList<>(start());
    following.add(follow.followsAsCopied());
    phases.add(Phase.inOrder(node + " follows " + goal.from(), following));
  }

  private void byClone(List<Phase> phases) {
    List<Step> copying = new ArrayList<>();
    if (!has.absent()) {
      phases.add(Phase.inOrder("what " + node + " alone has is kept", kept()));
      phases.add(Phase.inOrder(node + "'s old data is out of the way", List.of(setAside())));
    }
    List<Step> following = new ArrayList<>();
    for (Step step : new PostgresqlSetup().copy(setup, node, goal.from())) {
      Step must = must(step);
      if (step.name().equals("start-" + node)) {
        following.addAll(start());
      } else if (step.name().equals("follow-" + node)) {
        following.add(must);
      } else {
        copying.add(must);
        if (step.name().equals("copy-" + node) && !has.absent()) {
          copying.add(ownFiles());
        }
      }
    }
    phases.add(Phase.inOrder(node + " has a copy of " + goal.from() + "'s data", copying));
    phases.add(Phase.inOrder(node + " follows " + goal.from(), following));
  }

  /** Stops a follower that runs, and keeps what it alone has. */
  private List<Step> kept() {
    List<Step> steps = new ArrayList<>(stop());
    if (!has.broken()) {
      steps.addAll(archive.steps());
    }
    if (has.hasTail() && !has.broken()) {
      Parting parting = has.parting().orElseThrow();
      Map<String, Value> values = new TreeMap<>(tail(parting));
      steps.add(
          scripts.onData(
              "save-" + node,
              "keep and list what " + node + " alone has, from " + forkOf(parting) + " on",
              node,
              "save-tail",
              values,
              SAVING));
    }
    return steps;
  }

  private Map<String, Value> tail(Parting parting) {
    Map<String, Value> values = new TreeMap<>();
    values.put("scan", Value.of(parting.scan()));
    values.put("fork", Value.of(forkOf(parting)));
    values.put("segment", Value.of(Long.toString(has.segment())));
    values.put("restore_patience", PostgresqlSetup.seconds(RESTORING));
    return values;
  }

  private static String forkOf(Parting parting) {
    return parting.fork().map(Lsn::toString).orElse("");
  }

  private List<Step> stop() {
    Presence presence = goal.seen().presence();
    if (presence != Presence.RUNNING && presence != Presence.STARTING) {
      return List.of();
    }
    return List.of(
        scripts
            .onData(
                "stop-" + node,
                "stop the follower " + node,
                node,
                "stop-follower",
                Map.of("patience", PostgresqlSetup.seconds(QUICK)),
                STOPPING)
            .undoneBy(scripts.perform(node, "start", starting())));
  }

  /** So that pg_control shows the timeline that leads: pg_rewind looks at nothing else. */
  private Step checkpoint() {
    return scripts.onData(
        "checkpoint-" + goal.leader(),
        "write a checkpoint on " + goal.leader(),
        goal.leader(),
        "checkpoint",
        Map.of("lock_wait", Value.of("60")),
        CHECKPOINT);
  }

  private Step rewind() {
    Durability durability = Durability.of(setup, node);
    Map<String, Value> values = new TreeMap<>(tail(has.parting().orElseThrow()));
    values.put("source", Value.of(Conninfo.forRewind(goal.site(), node, goal.leader(), state())));
    values.put(
        "oldest",
        Value.of(
            goal.from().equals(goal.leader()) ? has.from().text("log.oldest").orElse("") : ""));
    values.put("restores", Value.of(archive.can() ? "yes" : "no"));
    values.put("restores_target", Value.of(archive.againstRewind().isEmpty() ? "yes" : "no"));
    values.put("conninfo", Value.of(conninfo()));
    values.put("slot", Value.of(Conninfo.slot(node)));
    values.put("sync_names", Value.of(durability.names()));
    values.put("sync_commit", Value.of(durability.commit()));
    return scripts
        .step(
            "rewind-" + node,
            "take " + node + "'s data back to " + forkOf(has.parting().orElseThrow()),
            node,
            "rewind",
            values,
            REWINDING)
        .undoneWhileItCan(scripts.perform(node, "rewind-back", Map.of()));
  }

  private Step setAside() {
    boolean replace = goal.replace() && !(has.canBeSetAside() && has.hasRoom());
    return scripts
        .step(
            "set-aside-" + node,
            replace
                ? "delete " + node + "'s old data"
                : "rename " + node + "'s data folder " + scripts.layout(node).data(),
            node,
            "set-aside",
            Map.of("replace", Value.of(replace ? "yes" : "no")),
            STARTING)
        .undoneWhileItCan(scripts.perform(node, "put-back", Map.of()));
  }

  private Step ownFiles() {
    return scripts.onData(
        "own-files-" + node,
        "leave " + node + " its own configuration",
        node,
        "own-files",
        Map.of(),
        QUICK);
  }

  /** By then it is a follower's data: what keeps a fenced node closed can go. */
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
            "start " + node + " as a follower",
            node,
            "start",
            starting(),
            STARTING.plus(QUICK)));
  }

  private static Map<String, Value> starting() {
    Map<String, Value> values = new TreeMap<>();
    values.put("as", Value.of("follower"));
    values.put("patience", PostgresqlSetup.seconds(STARTING));
    return values;
  }

  private String state() {
    return scripts.layout(node).state();
  }

  private String conninfo() {
    return Conninfo.text(goal.site(), node, goal.from(), state());
  }

  /** Done only where the rewind left no data. */
  private static Step should(Step step) {
    return new Step(
        step.name(),
        "should the rewind fail, " + step.title(),
        step.on(),
        step.action(),
        step.undo(),
        step.limit(),
        step.onFailure());
  }

  private static Step must(Step step) {
    return new Step(
        step.name(),
        step.title(),
        step.on(),
        step.action(),
        step.undo(),
        step.limit(),
        Step.OnFailure.STOP);
  }

  /** An idle slot of the time when it led would keep its log for ever. */
  List<Step> tidy() {
    boolean led =
        goal.seen().role() == Role.CLOSED_LEADER || has.node().number("slot.count").orElse(0) > 0;
    if (!led) {
      return List.of();
    }
    String slots =
        goal.site().cluster().nodes().stream()
            .filter(n -> !n.name().equals(node))
            .filter(n -> !n.cascadeFrom().equals(Optional.of(node)))
            .map(Node::name)
            .map(Conninfo::slot)
            .collect(Collectors.joining(" "));
    return List.of(
        scripts
            .onData(
                "drop-slots",
                "drop slots that " + node + " kept as a leader",
                node,
                "drop-slot",
                Map.of("slot", Value.of(slots), "keep_active", Value.of("yes")),
                QUICK)
            .owed());
  }
}

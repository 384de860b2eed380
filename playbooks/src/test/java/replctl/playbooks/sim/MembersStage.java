package replctl.playbooks.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.RejoinGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.fence.Devices;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.journal.Journal;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.observe.RejoinLook;
import replctl.playbooks.observe.SetupLook;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.run.Runner;
import replctl.playbooks.run.Watcher;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.RecordJson;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Add;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Rejoin;
import replctl.playbooks.verb.Remove;
import replctl.playbooks.world.World;

/** A node joins or leaves a cluster that the first node leads. */
public final class MembersStage implements Drill.Stage {
  /** What is done with the last of the nodes. */
  public enum What {
    ADD,
    REMOVE,
    /** Its host has no power. */
    REMOVE_DEAD
  }

  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Pattern RECORD = Pattern.compile("record [0-9]+ [a-z0-9-]+ (\\{.*\\})");
  private final Scene<?> scene;
  private final What what;
  private final NodeName node;
  private final Engine engine;

  /** Whether a node was not seen, which then learns of it later. */
  private boolean leavesOut;

  MembersStage(Scene<?> scene, What what) {
    this.scene = scene;
    this.engine = scene.engine();
    this.what = what;
    this.node = scene.node(cluster().nodes().size());
    if (what == What.REMOVE_DEAD) {
      drilled();
      world().host(node).powered(false);
      world().time().pass(5 * SimTime.SECOND);
    }
  }

  /** A cluster as init has made it, and for a node to join one host more. */
  public static MembersStage of(Scene<?> fresh, What what) {
    InitStage init = new InitStage(fresh);
    World process = fresh.world().process();
    Plan plan = init.plan(process).orElseThrow();
    Outcome outcome =
        new Runner(
                process,
                new Journal(process.store(), fresh.cluster().name()),
                Watcher.NONE,
                "dba@laptop")
            .run(plan);
    if (!(outcome instanceof Outcome.Done)) {
      throw new IllegalStateException("init ended so: " + outcome);
    }
    fresh.world().time().pass(SimTime.SECOND);
    return new MembersStage(what == What.ADD ? fresh.withOneMore() : fresh, what);
  }

  /** Its device was seen to switch it: off already is off, then. */
  private void drilled() {
    SimHost leader = world().host(scene.node(1));
    leader
        .files()
        .put(
            scene.state(leader) + "/drills",
            node
                + " "
                + Devices.fingerprint(cluster().node(node).orElseThrow())
                + " "
                + world().process().clock().now()
                + " passed\n");
  }

  @Override
  public SimWorld world() {
    return scene.world();
  }

  @Override
  public Cluster cluster() {
    return scene.cluster();
  }

  @Override
  public void heal() {}

  @Override
  public Optional<Plan> plan(World process) {
    Decision decision = decide(process);
    if (decision instanceof Decision.Planned planned) {
      leavesOut = planned.plan().warnings().stream().anyMatch(w -> w.contains("no part now"));
      world().trace().say(() -> "planned: " + planned.plan().steps().map(Step::name).toList());
      return Optional.of(planned.plan());
    }
    world().trace().say(decision::toString);
    return Optional.empty();
  }

  private Decision decide(World process) {
    engine
        .setup()
        .secrets(new Site(cluster(), new Snapshot(process.clock().now(), List.of())))
        .forEach(process.vault()::get);
    Snapshot surveyed = Observer.look(process, engine, cluster(), LOOK);
    Snapshot seen = SetupLook.look(process, engine.setup(), cluster(), surveyed, LOOK);
    Site site = new Site(cluster(), seen);
    String op = process.ids().operation();
    if (what != What.ADD) {
      return new Remove(engine).decide(op, site, node, Remove.Options.USUAL);
    }
    Rejoin.Aim aim = Add.aim(site, node, Add.Options.USUAL);
    if (aim instanceof Rejoin.Aim.No no) {
      return Decision.of(no.refusal());
    }
    RejoinGoal goal =
        RejoinLook.look(process, engine.rejoin(), ((Rejoin.Aim.Reach) aim).goal(), LOOK);
    return new Add(engine).decide(op, goal, Add.Options.USUAL);
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    // Where it was never begun, init is the last that was done.
    boolean begun =
        new Journal(world().process().store(), cluster().name()).operations().size() > 1;
    boolean done = begun && ending.equals(Optional.of(Entry.Ending.DONE));
    boolean out = done ? what != What.ADD : what != What.REMOVE;
    ClusterChecks<?> checks = new ClusterChecks<>(scene).without(out ? node.value() : "");
    List<String> wrong = checks.wrong();
    Optional<? extends SimServer> leads = checks.leader();
    if (leads.isEmpty()) {
      return wrong;
    }
    SimServer leader = leads.get();
    if (leader != scene.first()) {
      wrong.add("another leads in the end");
    }
    acknowledged(leader, wrong);
    if (!done) {
      if (record(first()).voters().contains(node) != (what != What.ADD)) {
        wrong.add("it was not done, and who votes has changed");
      }
    } else if (what == What.ADD) {
      joined(leader, wrong);
    } else {
      left(leader, wrong);
    }
    checks.allFollow(leader);
    checks.writesGoOn();
    // The note of a half-made server stays when it is aborted: the next one fills the folder anew.
    checks.tidy(done ? List.of("filling", "copied", "own") : List.of("copied", "own"));
    if (done) {
      again(wrong);
    }
    return wrong;
  }

  /**
   * A failover relies on it: whoever counts for a write is recorded, and no more than are waited
   * for.
   */
  private void acknowledged(SimServer leader, List<String> wrong) {
    LeaderRecord record = record(first());
    for (NodeName counts : scene.counting(leader)) {
      if (scene.waitsFor(leader) > 0 && !record.ackers().contains(counts)) {
        wrong.add(counts + " counts for a write, and is not recorded: " + record);
      }
    }
    if (record.acks() > scene.waitsFor(leader)) {
      wrong.add(
          "recorded are "
              + record.acks()
              + " acks, and "
              + scene.waitsFor(leader)
              + " are waited for");
    }
  }

  private SimHost first() {
    return world().host(scene.node(1));
  }

  private void joined(SimServer leader, List<String> wrong) {
    if (!scene.feeds(leader, node)) {
      wrong.add(node + " joined, and does not stream as it should");
    }
    boolean counts = cluster().replication().acks() > 0 || scene.waitsFor(leader) > 0;
    if (counts && !scene.counting(leader).contains(node)) {
      wrong.add(node + " joined, and no write waits for it");
    }
    voters(wrong, cluster().nodes().stream().map(n -> n.name()).toList(), true);
  }

  private void left(SimServer leader, List<String> wrong) {
    SimServer gone = scene.server(node.value());
    if (scene.keepsFor(leader, node)) {
      wrong.add(node + " has left, and something is kept for it");
    }
    if (scene.waitsFor(leader) > 0 && scene.counting(leader).contains(node)) {
      wrong.add(node + " has left, and writes wait for it");
    }
    voters(
        wrong,
        cluster().nodes().stream().map(n -> n.name()).filter(n -> !n.equals(node)).toList(),
        what == What.REMOVE);
    if (what == What.REMOVE) {
      if (gone.hasProcess() || gone.isMasked()) {
        wrong.add(node + " has left: " + gone.trouble() + ", masked: " + gone.isMasked());
      }
      if (world().host(node).files().keySet().stream().anyMatch(f -> f.contains("/guard/"))) {
        wrong.add(node + " has left, and keeps a start guard");
      }
      scene.start(node);
    } else {
      world().host(node).powered(true);
    }
    world().time().pass(3 * SimTime.SECOND);
    if (gone.open() || (gone.follows(leader) && (what == What.REMOVE || scene.shutsOut()))) {
      wrong.add(node + " has left and came back: open: " + gone.open());
    }
    acknowledged(leader, wrong);
  }

  /** Everybody who was told has the same, and everybody who is a member was. */
  private void voters(List<String> wrong, List<NodeName> wanted, boolean all) {
    for (SimHost host : world().hosts()) {
      boolean told = all || wanted.contains(host.name());
      if (told && !new TreeSet<>(record(host).voters()).equals(new TreeSet<>(wanted))) {
        wrong.add(host.name() + " knows the voters " + record(host).voters());
      }
    }
    if (record(first()).votersVersion() != 2) {
      wrong.add("the voters have version " + record(first()).votersVersion());
    }
  }

  private LeaderRecord record(SimHost host) {
    String file = host.files().getOrDefault(scene.state(host) + "/epoch", "");
    Matcher record = RECORD.matcher(file);
    return record.find()
        ? RecordJson.read(record.group(1)).orElseThrow()
        : new LeaderRecord(
            0, "", new NodeName("none"), List.of(), 0, List.of(), 0, new TreeMap<>(), List.of());
  }

  /** Whether the node's own host was not told the newest record. */
  private boolean isToldLess() {
    long newest = world().hosts().stream().mapToLong(h -> record(h).epoch()).max().orElse(0);
    LeaderRecord its = record(world().host(node));
    return world().hosts().stream()
        .map(this::record)
        .anyMatch(r -> r.epoch() == newest && !r.equals(its));
  }

  private void again(List<String> wrong) {
    if (what == What.REMOVE_DEAD || leavesOut) {
      return;
    }
    if (what == What.REMOVE) {
      scene.server(node.value()).killed();
      world().time().pass(SimTime.SECOND);
    }
    Decision again = decide(world().process());
    List<String> steps = new ArrayList<>();
    if (again instanceof Decision.Planned planned) {
      planned.plan().steps().map(Step::name).forEach(steps::add);
      if (what == What.REMOVE && isToldLess()) {
        // A majority has the last record, and the one that left counts no more: it is told again.
        steps.remove("record");
      }
    } else {
      steps.add(again.toString());
    }
    if (!steps.isEmpty()) {
      wrong.add("a second run would still do something: " + steps);
    }
  }
}

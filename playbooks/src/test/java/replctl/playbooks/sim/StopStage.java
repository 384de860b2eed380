package replctl.playbooks.sim;

import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Stop;

/** A follower of a cluster that runs is stopped; the first node leads. */
public final class StopStage extends DecidingStage<Scene<?>> {
  private final NodeName node;

  public StopStage(Scene<?> scene, NodeName node) {
    super(scene);
    this.node = node;
  }

  @Override
  protected Decision decide(Snapshot seen, String op) {
    return new Stop(engine).decide(cluster(), seen, op, node, false);
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    boolean done = ending.equals(Optional.of(Entry.Ending.DONE));
    ClusterChecks<?> checks = new ClusterChecks<>(scene);
    Optional<? extends SimServer> leader = checks.leader();
    if (leader.isEmpty()) {
      return checks.wrong();
    }
    if (leader.get() != scene.first()) {
      checks.wrong().add("another leads than before");
    }
    if (scene.server(node.value()).hasProcess() == done) {
      checks.wrong().add(node + (done ? " still runs" : " does not run") + " after " + ending);
    }
    (done ? checks.without(node.value()) : checks).allFollow(leader.get());
    checks.writesGoOn();
    checks.tidy(List.of());
    return checks.wrong();
  }
}

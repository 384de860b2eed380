package replctl.playbooks.sim;

import java.util.List;
import java.util.Optional;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Switchover;

/**
 * A switchover from the first node to the second; the fourth receives from the third and goes on
 * to.
 */
public final class CascadeStage extends DecidingStage<Scene<?>> {
  public CascadeStage(Scene<?> scene) {
    super(scene);
  }

  @Override
  protected Decision decide(Snapshot seen, String op) {
    return new Switchover(engine).decide(cluster(), seen, op, Optional.of(scene.node(2)));
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks<?> checks = new ClusterChecks<>(scene);
    Optional<? extends SimServer> leader = checks.leader();
    if (leader.isEmpty()) {
      return checks.wrong();
    }
    checks.allFollow(leader.get());
    checks.writesGoOn();
    SimServer last = scene.server(scene.node(4).value());
    if (!scene.feeds(scene.server(scene.node(3).value()), scene.node(4))) {
      checks.wrong().add(scene.node(3) + " does not feed " + scene.node(4) + ": " + last.trouble());
    }
    return checks.wrong();
  }
}

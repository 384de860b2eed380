package replctl.playbooks.sim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Switchover;

/**
 * A switchover from the first node to the second, while the third is back that lost its power when
 * it led: its server is stopped, and nothing on its own disk says that it must not lead.
 */
public final class DebtStage extends DecidingStage<Scene<?>> {
  private final NodeName old;

  public DebtStage(Scene<?> scene) {
    super(scene);
    old = scene.node(3);
    scene.stop(old);
    world().time().pass(5 * SimTime.SECOND);
    scene.ledBefore(old);
    LeaderRecord before = newest();
    write(
        before
            .in(before.epoch() + 1, "op-f")
            .closing(new TreeMap<>(Map.of(old, "power")), List.of(old)));
    // It was off when that was written down.
    SimHost host = world().host(old);
    host.files().put(scene.state(host) + "/epoch", SimEpoch.settled(before.ledBy(old)).text());
  }

  @Override
  protected Decision decide(Snapshot seen, String op) {
    return seen.node(old).contact().answered()
        ? new Switchover(engine).decide(cluster(), seen, op, Optional.of(scene.node(2)))
        : Decision.of(
            Refusal.of(
                Refusal.Code.E_STATE_01,
                "of a host that was not heard nothing can be paid.",
                "look again another day"));
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks<?> checks = new ClusterChecks<>(scene).without(old.value());
    checks.leader().ifPresent(checks::allFollow);
    checks.writesGoOn();
    if (scene.server(old.value()).hasProcess()) {
      checks.wrong().add(old + " runs: " + scene.server(old.value()).trouble());
    } else if (newest().debts().isEmpty() && !scene.isClosed(world().host(old))) {
      checks.wrong().add("nothing is owed, and " + old + " would lead when it is started");
    }
    return checks.wrong();
  }
}

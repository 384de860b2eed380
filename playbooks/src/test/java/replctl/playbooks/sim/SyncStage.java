package replctl.playbooks.sim;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import replctl.inventory.NodeName;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Lowered;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Sync;

/** What writes wait for is changed on a cluster that runs, in which the first node leads. */
public final class SyncStage extends DecidingStage<Scene<?>> {
  private final Optional<Lowered> lowered;
  private final int expected;

  /**
   * A change to come.
   *
   * @param had what its servers wait for, and was written down: so many of all; empty: as declared
   * @param lowered what is typed
   * @param expected how many a write is to wait for in the end
   */
  public SyncStage(Scene<?> scene, Optional<Integer> had, Optional<Lowered> lowered, int expected) {
    super(scene);
    this.lowered = lowered;
    this.expected = expected;
    had.ifPresent(this::waiting);
    world().time().pass(500 * SimTime.MS);
  }

  private void waiting(int had) {
    scene.haveThemWait(had);
    List<NodeName> others = cluster().nodes().stream().skip(1).map(n -> n.name()).toList();
    write(newest().awaiting(had == 0 ? List.of() : others, had));
  }

  @Override
  protected Decision decide(Snapshot seen, String op) {
    return new Sync(engine).decide(cluster(), seen, op, new Sync.Options(lowered, false));
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks<?> checks = new ClusterChecks<>(scene);
    Optional<? extends SimServer> found = checks.leader();
    if (found.isEmpty()) {
      return checks.wrong();
    }
    SimServer leader = found.get();
    if (leader != scene.first()) {
      checks.wrong().add("another leads than before");
    }
    checks.allFollow(leader);
    checks.writesGoOn();
    int waits = scene.waitsFor(leader);
    Set<NodeName> counting = scene.counting(leader);
    String words = "writes wait for " + waits + " of " + counting;
    LeaderRecord written = newest();
    // However it ended: no more is written down than holds.
    if (written.acks() > waits || (written.acks() > 0 && !written.ackers().containsAll(counting))) {
      checks.wrong().add(words + ", and more is written down: " + written);
    }
    if (ending.equals(Optional.of(Entry.Ending.DONE))) {
      if (written.acks() != expected || waits != expected) {
        checks.wrong().add(words + ", and written down is " + written);
      }
      if (!written.lowered().equals(lowered)) {
        checks.wrong().add("lowered is " + written.lowered());
      }
    }
    return checks.wrong();
  }
}

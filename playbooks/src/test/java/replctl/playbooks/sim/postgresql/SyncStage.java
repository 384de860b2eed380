package replctl.playbooks.sim.postgresql;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import replctl.inventory.NodeName;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Lowered;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Sync;

/** What writes wait for is changed on a cluster that runs, in which pg1 leads. */
final class SyncStage extends DecidingStage {
  private final Optional<Lowered> lowered;
  private final int expected;

  /**
   * A change to come.
   *
   * @param had what its servers wait for, and was written down: so many of all; empty: as declared
   * @param lowered what is typed
   * @param expected how many a write is to wait for in the end
   */
  SyncStage(PostgresScene scene, Optional<Integer> had, Optional<Lowered> lowered, int expected) {
    super(scene);
    this.lowered = lowered;
    this.expected = expected;
    had.ifPresent(this::waiting);
    world().time().pass(500_000_000L);
  }

  private void waiting(int had) {
    List<NodeName> names = cluster().nodes().stream().map(n -> n.name()).toList();
    for (NodeName name : names) {
      String others =
          names.stream()
              .filter(n -> !n.equals(name))
              .map(n -> "\"" + n + "\"")
              .collect(Collectors.joining(", "));
      SimPostgres pg = scene.server(name.value());
      pg.config()
          .auto()
          .put("synchronous_standby_names", had == 0 ? "" : "ANY " + had + " (" + others + ")");
      pg.config().auto().put("synchronous_commit", "on");
      pg.reload();
    }
    write(newest().awaiting(had == 0 ? List.of() : names.subList(1, names.size()), had));
  }

  @Override
  Decision decide(Snapshot seen, String op) {
    return new Sync(engine).decide(cluster(), seen, op, new Sync.Options(lowered, false));
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks checks = new ClusterChecks(scene);
    Optional<SimPostgres> leader = checks.leader();
    if (leader.isEmpty()) {
      return checks.wrong();
    }
    if (leader.get() != scene.server("pg1")) {
      checks.wrong().add(leader.get().host().name() + " leads");
    }
    checks.allFollow(leader.get());
    checks.writesGoOn();
    SyncRule rule = SyncRule.parse(leader.get().config().get("synchronous_standby_names"));
    LeaderRecord written = newest();
    // However it ended: no more is written down than holds.
    if (written.acks() > rule.count()
        || (written.acks() > 0
            && !new TreeSet<>(written.ackers().stream().map(NodeName::value).toList())
                .containsAll(rule.names()))) {
      checks.wrong().add("writes wait for " + rule + ", and more is written down: " + written);
    }
    if (ending.equals(Optional.of(Entry.Ending.DONE))) {
      if (written.acks() != expected || rule.count() != expected) {
        checks.wrong().add("writes wait for " + rule + ", and written down is " + written);
      }
      if (!written.lowered().equals(lowered)) {
        checks.wrong().add("lowered is " + written.lowered());
      }
    }
    return checks.wrong();
  }
}

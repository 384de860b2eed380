package replctl.playbooks.sim.mysql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.Replication;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.sim.FailoverStage;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.verb.Failover;

/**
 * my1's server was killed when its last writes had reached nobody: what its disk has is to be
 * carried to whoever leads then, and nothing that was acknowledged may be lost.
 */
final class SalvageStage extends FailoverStage {
  private final MysqlScene scene;

  SalvageStage(MysqlScene scene) {
    super(scene, Optional.empty(), () -> killed(scene));
    this.scene = scene;
  }

  private static void killed(MysqlScene scene) {
    SimMysql old = scene.first();
    old.host().linked(false);
    scene.world().time().pass(800 * SimTime.MS);
    old.killed();
    old.host().linked(true);
    scene.world().time().pass(15 * SimTime.SECOND);
  }

  @Override
  protected Failover.Options typed() {
    return new Failover.Options(
        Optional.empty(),
        Optional.of("its memory is bad"),
        Map.of(),
        OptionalLong.of(0),
        Optional.empty());
  }

  /** It is done without one of them, since the disk has all. */
  @Override
  protected boolean mayBeLeft() {
    return true;
  }

  /**
   * Whatever its log has its own recovery would commit. Where writes waited for a follower, no
   * client was told of that: it is only tried then.
   */
  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    List<String> wrong = super.wrong(ending);
    boolean kept =
        scene.followers().stream()
            .filter(SimMysql::open)
            .allMatch(leader -> leader.logged().containsAll(scene.first().logged()));
    boolean told = cluster().replication().mode() == Replication.Mode.ASYNC;
    if (ending.equals(Optional.of(Entry.Ending.DONE)) && told && !kept) {
      wrong.add("my1's disk has what its successor has not");
    }
    return wrong;
  }
}

package replctl.playbooks.sim.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.SurroundedStage;

/** An operation, and when all is over pg1's host is booted: where it leads, it leads again. */
final class RebootedStage extends SurroundedStage {
  private final SimPostgres first;

  RebootedStage(PostgresScene scene, Drill.Stage stage) {
    super(scene, stage);
    this.first = scene.first();
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    List<String> wrong = new ArrayList<>(inner.wrong(ending));
    if (first.open()) {
      first.host().powered(false);
      first.host().powered(true);
      world().time().pass(15 * SimTime.SECOND);
      if (!first.open()) {
        wrong.add("pg1 led, and does not open after a boot");
      }
    }
    return wrong;
  }
}

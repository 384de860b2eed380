package replctl.playbooks.sim;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.Epochs;
import replctl.playbooks.snapshot.Maintenance;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.HandsOff;
import replctl.playbooks.verb.Switchover;

/** Maintenance begins, for a while, or one of somebody else's ends. */
public final class HandsOffStage extends DecidingStage<Scene<?>> {
  /** Longer than any operation and the faults in it. */
  private static final long LIMIT_MS = 900_000;

  private final boolean on;

  /**
   * Maintenance to come, or to be ended.
   *
   * @param on whether it begins
   */
  public HandsOffStage(Scene<?> scene, boolean on) {
    super(scene);
    this.on = on;
    if (!on) {
      Maintenance others = new Maintenance("op-m", "bob@adm2", "", OptionalLong.empty());
      write(newest().maintained(Optional.of(others)));
    }
  }

  @Override
  protected Decision decide(Snapshot seen, String op) {
    return on
        ? HandsOff.on(
            cluster(),
            seen,
            op,
            new Maintenance(op, "dba@laptop", "new disks", OptionalLong.of(LIMIT_MS)))
        : HandsOff.off(cluster(), seen, op);
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks<?> checks = new ClusterChecks<>(scene);
    checks.leader().ifPresent(checks::allFollow);
    checks.writesGoOn();
    Epochs seen = look().epochs();
    // It ends by each host's own clock.
    boolean lasts = on && !world().clocksJumped();
    if (ending.equals(Optional.of(Entry.Ending.DONE))
        && (lasts || !on)
        && seen.handsOff().isPresent() != on) {
      checks.wrong().add("it is done, and written down is " + seen.maintenance());
    }
    if (seen.handsOff().isPresent() && switchover().isEmpty()) {
      checks.wrong().add("a switchover would begin under maintenance");
    }
    if (lasts && seen.handsOff().isPresent()) {
      // Nothing is looked at of what clients would write meanwhile.
      world().clients().stop();
      world().time().pass(LIMIT_MS * SimTime.MS);
      if (look().epochs().handsOff().isPresent()) {
        checks.wrong().add("when its time is over, hands are still kept off");
      }
    }
    return checks.wrong();
  }

  private Optional<Refusal> switchover() {
    Decision decision =
        new Switchover(engine).decide(cluster(), look(), "op-after", Optional.of(scene.node(2)));
    return decision instanceof Decision.Refused refused
        ? Optional.of(refused.refusal())
        : Optional.empty();
  }
}

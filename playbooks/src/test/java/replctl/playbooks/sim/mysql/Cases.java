package replctl.playbooks.sim.mysql;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import replctl.inventory.Hooks;
import replctl.inventory.Replication;
import replctl.playbooks.sim.CascadeStage;
import replctl.playbooks.sim.Case;
import replctl.playbooks.sim.DebtStage;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.FailoverStage;
import replctl.playbooks.sim.FenceStage;
import replctl.playbooks.sim.HandsOffStage;
import replctl.playbooks.sim.HookedStage;
import replctl.playbooks.sim.InitStage;
import replctl.playbooks.sim.MembersStage;
import replctl.playbooks.sim.OpenStage;
import replctl.playbooks.sim.RedirectStage;
import replctl.playbooks.sim.RivalStage;
import replctl.playbooks.sim.SwitchoverStage;
import replctl.playbooks.sim.SyncStage;
import replctl.playbooks.snapshot.Lowered;

/**
 * The operations and clusters that faults are tried on: PostgreSQL's, and MySQL's own. One of those
 * can't be here: nothing rewinds MySQL's data. A node with transactions of its own comes back by
 * having them counted as done elsewhere, or as a copy.
 */
enum Cases implements Case {
  INIT_OF_EMPTY_HOSTS,
  INIT_ADOPTS,
  INIT_TURNS_GTIDS_ON,
  SWITCHOVER_OF_TWO,
  SWITCHOVER_ASYNC,
  SWITCHOVER_SEMI_SYNC,
  SWITCHOVER_RIVALLED,
  SWITCHOVER_SYNC,
  SWITCHOVER_WITH_A_FROZEN_FOLLOWER,
  SWITCHOVER_PAYS,
  SWITCHOVER_WITH_HOOKS,
  SWITCHOVER_REDIRECTED,
  SWITCHOVER_CASCADED,
  FAILOVER_SEMI_SYNC,
  FAILOVER_RIVALLED,
  FAILOVER_WITH_FEWER_ACKS,
  FAILOVER_TO_ONE_BEHIND,
  FAILOVER_WITH_UNAPPLIED,
  FAILOVER_SALVAGES,
  FAILOVER_SALVAGES_SEMI_SYNC,
  FAILOVER_WITH_HOOKS,
  FAILOVER_REDIRECTED,
  FAILOVER_CASCADED,
  FAILOVER_BY_ONE_OF_THREE,
  FENCE,
  FENCE_FROZEN,
  FENCE_CUT_OFF,
  FENCE_CUT_OFF_DEVICE_HANGS,
  FENCE_LEADER,
  UNFENCE,
  FENCE_DRILL,
  OPEN,
  OPEN_AFTER_FENCE,
  SYNC_STRONGER,
  SYNC_WEAKER,
  SYNC_LOWERED,
  SYNC_TO_SYNC,
  MAINTENANCE_ON,
  MAINTENANCE_OFF,
  REJOIN_BY_FOLLOWING,
  REJOIN_BY_INJECTING,
  REJOIN_BY_CLONE,
  ADD,
  ADD_SYNC,
  REMOVE,
  REMOVE_SYNC,
  REMOVE_DEAD_OF_TWO,
  REMOVE_DEAD_OF_THREE;

  /** Those that seeds draw: two failovers at once are for two operators alone. */
  static final List<Cases> DRAWN =
      Stream.of(values()).filter(what -> what != FAILOVER_RIVALLED).toList();

  static final List<Cases> SWITCHOVERS =
      List.of(
          SWITCHOVER_OF_TWO,
          SWITCHOVER_ASYNC,
          SWITCHOVER_SEMI_SYNC,
          SWITCHOVER_SYNC,
          SWITCHOVER_WITH_A_FROZEN_FOLLOWER);

  private MysqlScene scene(long seed, boolean traced) {
    Replication async = MysqlScene.mode(Replication.Mode.ASYNC, 0);
    Replication semi = MysqlScene.mode(Replication.Mode.SEMI_SYNC, 1);
    Replication sync = MysqlScene.mode(Replication.Mode.SYNC, 0);
    return switch (this) {
      case INIT_OF_EMPTY_HOSTS, ADD, REMOVE, REMOVE_DEAD_OF_THREE ->
          MysqlScene.fresh(seed, traced, 3, semi);
      case INIT_ADOPTS -> MysqlScene.foreign(seed, traced, 3, semi);
      case INIT_TURNS_GTIDS_ON -> MysqlScene.foreign(seed, traced, 3, async, false);
      case ADD_SYNC -> MysqlScene.fresh(seed, traced, 2, sync);
      case REMOVE_SYNC -> MysqlScene.fresh(seed, traced, 3, sync);
      case REMOVE_DEAD_OF_TWO -> MysqlScene.fresh(seed, traced, 2, async);
      case SWITCHOVER_OF_TWO -> MysqlScene.running(seed, traced, 2, async);
      case SWITCHOVER_SEMI_SYNC,
          SWITCHOVER_RIVALLED,
          FAILOVER_SEMI_SYNC,
          FAILOVER_RIVALLED,
          FAILOVER_TO_ONE_BEHIND,
          FAILOVER_WITH_UNAPPLIED,
          FAILOVER_SALVAGES_SEMI_SYNC,
          FAILOVER_BY_ONE_OF_THREE,
          OPEN,
          OPEN_AFTER_FENCE,
          REJOIN_BY_FOLLOWING,
          REJOIN_BY_INJECTING,
          REJOIN_BY_CLONE ->
          MysqlScene.running(seed, traced, 3, semi);
      case SWITCHOVER_WITH_HOOKS, FAILOVER_WITH_HOOKS ->
          MysqlScene.running(seed, traced, 3, semi).with(HookedStage.HOOKS, HookedStage.REDIRECTS);
      case SWITCHOVER_REDIRECTED, FAILOVER_REDIRECTED ->
          MysqlScene.running(seed, traced, 3, semi).with(Hooks.NONE, RedirectStage.OF_ANY_ENGINE);
      case FAILOVER_CASCADED -> MysqlScene.cascading(seed, traced, 4, semi);
      case SWITCHOVER_CASCADED -> MysqlScene.cascading(seed, traced, 4, async);
      case SWITCHOVER_SYNC, SYNC_TO_SYNC -> MysqlScene.running(seed, traced, 3, sync);
      case FAILOVER_WITH_FEWER_ACKS, SYNC_STRONGER, SYNC_LOWERED ->
          MysqlScene.running(seed, traced, 3, MysqlScene.mode(Replication.Mode.SEMI_SYNC, 2));
      default -> MysqlScene.running(seed, traced, 3, async);
    };
  }

  /** A new world of this case, broken on purpose. */
  Drill.Stage stage(long seed, boolean traced, Optional<Mutant> mutant) {
    MysqlScene scene = scene(seed, traced);
    mutant.ifPresent(m -> m.into(scene));
    return switch (this) {
      case FAILOVER_RIVALLED -> RivalStage.failovers(scene);
      case SWITCHOVER_RIVALLED -> RivalStage.switchovers(scene);
      case SWITCHOVER_WITH_A_FROZEN_FOLLOWER -> new SwitchoverStage(scene, Optional.of("my3"));
      case SWITCHOVER_PAYS -> new DebtStage(scene);
      case SWITCHOVER_CASCADED -> new CascadeStage(scene);
      case SWITCHOVER_WITH_HOOKS ->
          new HookedStage(scene, new SwitchoverStage(scene, Optional.empty()));
      case SWITCHOVER_REDIRECTED ->
          new RedirectStage(scene, new SwitchoverStage(scene, Optional.empty()));
      case FAILOVER_WITH_HOOKS -> new HookedStage(scene, new FailoverStage(scene));
      case FAILOVER_REDIRECTED -> new RedirectStage(scene, new FailoverStage(scene));
      case FAILOVER_SEMI_SYNC, FAILOVER_CASCADED -> new FailoverStage(scene);
      case FAILOVER_BY_ONE_OF_THREE -> Troubles.candidateNobodySees(scene);
      case FAILOVER_WITH_FEWER_ACKS ->
          new FailoverStage(scene, Optional.of(new Lowered(1, "dba@laptop")));
      case FAILOVER_TO_ONE_BEHIND -> Troubles.behind(scene);
      case FAILOVER_WITH_UNAPPLIED -> Troubles.unapplied(scene);
      case FAILOVER_SALVAGES, FAILOVER_SALVAGES_SEMI_SYNC -> new SalvageStage(scene);
      case FENCE -> new FenceStage(scene, FenceStage.What.FENCE);
      case FENCE_FROZEN -> new FenceStage(scene, FenceStage.What.FENCE_FROZEN);
      case FENCE_CUT_OFF -> new FenceStage(scene, FenceStage.What.FENCE_CUT_OFF);
      case FENCE_CUT_OFF_DEVICE_HANGS ->
          new FenceStage(scene, FenceStage.What.FENCE_CUT_OFF_DEVICE_HANGS);
      case FENCE_LEADER -> new FenceStage(scene, FenceStage.What.FENCE_LEADER);
      case UNFENCE -> new FenceStage(scene, FenceStage.What.UNFENCE);
      case FENCE_DRILL -> new FenceStage(scene, FenceStage.What.DRILL);
      case OPEN, OPEN_AFTER_FENCE -> new OpenStage(scene, this == OPEN_AFTER_FENCE);
      case INIT_OF_EMPTY_HOSTS, INIT_ADOPTS, INIT_TURNS_GTIDS_ON -> new InitStage(scene);
      case ADD, ADD_SYNC -> MembersStage.of(scene, MembersStage.What.ADD);
      case REMOVE, REMOVE_SYNC -> MembersStage.of(scene, MembersStage.What.REMOVE);
      case REMOVE_DEAD_OF_TWO, REMOVE_DEAD_OF_THREE ->
          MembersStage.of(scene, MembersStage.What.REMOVE_DEAD);
      case SYNC_STRONGER -> new SyncStage(scene, Optional.of(1), Optional.empty(), 2);
      case SYNC_WEAKER -> new SyncStage(scene, Optional.of(2), Optional.empty(), 0);
      case SYNC_LOWERED ->
          new SyncStage(scene, Optional.empty(), Optional.of(new Lowered(1, "dba@laptop")), 1);
      case MAINTENANCE_ON, MAINTENANCE_OFF -> new HandsOffStage(scene, this == MAINTENANCE_ON);
      case SYNC_TO_SYNC -> new SyncStage(scene, Optional.of(0), Optional.empty(), 2);
      case REJOIN_BY_FOLLOWING ->
          new RejoinStage(scene, Optional.empty(), RejoinStage.Tail.NOTHING);
      case REJOIN_BY_INJECTING ->
          new RejoinStage(scene, Optional.of("inject"), RejoinStage.Tail.HARMLESS);
      case REJOIN_BY_CLONE -> new RejoinStage(scene, Optional.empty(), RejoinStage.Tail.WRITES);
      default -> new SwitchoverStage(scene, Optional.empty());
    };
  }

  @Override
  public Drill.Stage stage(long seed, boolean traced) {
    return stage(seed, traced, Optional.empty());
  }

  @Override
  public int effects() {
    return switch (this) {
      case SWITCHOVER_OF_TWO -> 30;
      case INIT_OF_EMPTY_HOSTS, INIT_ADOPTS, INIT_TURNS_GTIDS_ON, ADD, ADD_SYNC -> 100;
      case OPEN, OPEN_AFTER_FENCE, MAINTENANCE_ON, MAINTENANCE_OFF -> 14;
      case FENCE, FENCE_FROZEN, FENCE_CUT_OFF, FENCE_CUT_OFF_DEVICE_HANGS, FENCE_LEADER -> 14;
      case UNFENCE -> 14;
      case SWITCHOVER_WITH_HOOKS, FAILOVER_WITH_HOOKS -> 78;
      case FENCE_DRILL, SYNC_STRONGER, SYNC_WEAKER, SYNC_LOWERED, SYNC_TO_SYNC -> 30;
      default -> 44;
    };
  }
}

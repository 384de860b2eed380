package replctl.playbooks.sim.postgresql;

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

/** The operations and clusters that faults are tried on. */
enum Cases implements Case {
  INIT_OF_EMPTY_HOSTS,
  INIT_ADOPTS,
  OPEN,
  OPEN_AFTER_FENCE,
  SWITCHOVER_OF_TWO,
  SWITCHOVER_ASYNC,
  SWITCHOVER_SEMI_SYNC,
  SWITCHOVER_RIVALLED,
  SWITCHOVER_SYNC,
  SWITCHOVER_WITH_A_FROZEN_FOLLOWER,
  SWITCHOVER_PAYS,
  SWITCHOVER_WITH_HOOKS,
  SWITCHOVER_REDIRECTED,
  FAILOVER_SEMI_SYNC,
  FAILOVER_RIVALLED,
  FAILOVER_WITH_HOOKS,
  FAILOVER_REDIRECTED,
  FAILOVER_WITH_FEWER_ACKS,
  FAILOVER_CASCADED,
  FAILOVER_BY_ONE_OF_THREE,
  SWITCHOVER_CASCADED,
  FENCE,
  FENCE_FROZEN,
  FENCE_CUT_OFF,
  FENCE_CUT_OFF_DEVICE_HANGS,
  FENCE_LEADER,
  UNFENCE,
  FENCE_DRILL,
  SYNC_STRONGER,
  SYNC_WEAKER,
  SYNC_LOWERED,
  SYNC_TO_SYNC,
  MAINTENANCE_ON,
  MAINTENANCE_OFF,
  REJOIN_BY_REWIND,
  REJOIN_BY_CLONE,
  REJOIN_BY_FOLLOWING,
  ADD,
  ADD_SYNC,
  REMOVE,
  REMOVE_SYNC,
  REMOVE_DEAD_OF_TWO;

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

  private PostgresScene scene(long seed, boolean traced) {
    Replication async = PostgresScene.mode(Replication.Mode.ASYNC, 0);
    Replication semi = PostgresScene.mode(Replication.Mode.SEMI_SYNC, 1);
    Replication sync = PostgresScene.mode(Replication.Mode.SYNC, 0);
    return switch (this) {
      case INIT_OF_EMPTY_HOSTS -> PostgresScene.fresh(seed, traced, 3, semi);
      case INIT_ADOPTS -> PostgresScene.foreign(seed, traced, 3, async);
      case SWITCHOVER_OF_TWO -> PostgresScene.running(seed, traced, 2, async);
      case OPEN,
          OPEN_AFTER_FENCE,
          SWITCHOVER_SEMI_SYNC,
          SWITCHOVER_RIVALLED,
          FAILOVER_SEMI_SYNC,
          FAILOVER_RIVALLED,
          FAILOVER_BY_ONE_OF_THREE ->
          PostgresScene.running(seed, traced, 3, semi);
      case SWITCHOVER_REDIRECTED, FAILOVER_REDIRECTED ->
          PostgresScene.running(seed, traced, 3, semi).with(Hooks.NONE, RedirectStage.REDIRECTS);
      case SWITCHOVER_WITH_HOOKS, FAILOVER_WITH_HOOKS ->
          PostgresScene.running(seed, traced, 3, semi)
              .with(HookedStage.HOOKS, HookedStage.REDIRECTS);
      case FAILOVER_CASCADED -> PostgresScene.cascading(seed, traced, 4, semi);
      case SWITCHOVER_CASCADED -> PostgresScene.cascading(seed, traced, 4, async);
      case SYNC_TO_SYNC -> PostgresScene.running(seed, traced, 3, sync);
      case FAILOVER_WITH_FEWER_ACKS, SYNC_STRONGER, SYNC_LOWERED ->
          PostgresScene.running(seed, traced, 3, PostgresScene.mode(Replication.Mode.SEMI_SYNC, 2));
      case SWITCHOVER_SYNC -> PostgresScene.running(seed, traced, 3, sync);
      case REJOIN_BY_REWIND, REJOIN_BY_CLONE, REJOIN_BY_FOLLOWING ->
          PostgresScene.running(seed, traced, 3, semi);
      case ADD, REMOVE -> PostgresScene.fresh(seed, traced, 3, semi);
      case ADD_SYNC -> PostgresScene.fresh(seed, traced, 2, sync);
      case REMOVE_SYNC -> PostgresScene.fresh(seed, traced, 3, sync);
      case REMOVE_DEAD_OF_TWO -> PostgresScene.fresh(seed, traced, 2, async);
      default -> PostgresScene.running(seed, traced, 3, async);
    };
  }

  /** A new world of this case, broken on purpose. */
  Drill.Stage stage(long seed, boolean traced, Optional<Mutant> mutant) {
    PostgresScene scene = scene(seed, traced);
    mutant.ifPresent(m -> m.into(scene));
    return switch (this) {
      case INIT_OF_EMPTY_HOSTS, INIT_ADOPTS -> new InitStage(scene);
      case OPEN, OPEN_AFTER_FENCE -> new OpenStage(scene, this == OPEN_AFTER_FENCE);
      case FAILOVER_RIVALLED -> RivalStage.failovers(scene);
      case SWITCHOVER_RIVALLED -> RivalStage.switchovers(scene);
      case SWITCHOVER_WITH_A_FROZEN_FOLLOWER -> new SwitchoverStage(scene, Optional.of("pg3"));
      case SWITCHOVER_REDIRECTED ->
          new RedirectStage(scene, new SwitchoverStage(scene, Optional.empty()));
      case FAILOVER_REDIRECTED -> new RedirectStage(scene, new FailoverStage(scene));
      case SWITCHOVER_WITH_HOOKS ->
          new HookedStage(scene, new SwitchoverStage(scene, Optional.empty()));
      case FAILOVER_CASCADED -> new FailoverStage(scene);
      case SWITCHOVER_CASCADED -> new CascadeStage(scene);
      case SWITCHOVER_PAYS -> new DebtStage(scene);
      case FAILOVER_SEMI_SYNC -> new FailoverStage(scene);
      case FAILOVER_BY_ONE_OF_THREE -> Troubles.candidateNobodySees(scene);
      case FAILOVER_WITH_HOOKS -> new HookedStage(scene, new FailoverStage(scene));
      case FAILOVER_WITH_FEWER_ACKS ->
          new FailoverStage(scene, Optional.of(new Lowered(1, "dba@laptop")));
      case FENCE -> new FenceStage(scene, FenceStage.What.FENCE);
      case FENCE_FROZEN -> new FenceStage(scene, FenceStage.What.FENCE_FROZEN);
      case FENCE_CUT_OFF -> new FenceStage(scene, FenceStage.What.FENCE_CUT_OFF);
      case FENCE_CUT_OFF_DEVICE_HANGS ->
          new FenceStage(scene, FenceStage.What.FENCE_CUT_OFF_DEVICE_HANGS);
      case FENCE_LEADER -> new FenceStage(scene, FenceStage.What.FENCE_LEADER);
      case UNFENCE -> new FenceStage(scene, FenceStage.What.UNFENCE);
      case FENCE_DRILL -> new FenceStage(scene, FenceStage.What.DRILL);
      case SYNC_STRONGER -> new SyncStage(scene, Optional.of(1), Optional.empty(), 2);
      case SYNC_WEAKER -> new SyncStage(scene, Optional.of(2), Optional.empty(), 0);
      case SYNC_LOWERED ->
          new SyncStage(scene, Optional.empty(), Optional.of(new Lowered(1, "dba@laptop")), 1);
      case SYNC_TO_SYNC -> new SyncStage(scene, Optional.of(0), Optional.empty(), 2);
      case MAINTENANCE_ON -> new HandsOffStage(scene, true);
      case MAINTENANCE_OFF -> new HandsOffStage(scene, false);
      case REJOIN_BY_REWIND -> new RejoinStage(scene, Optional.empty(), true);
      case REJOIN_BY_CLONE -> new RejoinStage(scene, Optional.of("clone"), true);
      case REJOIN_BY_FOLLOWING -> new RejoinStage(scene, Optional.empty(), false);
      case ADD, ADD_SYNC -> MembersStage.of(scene, MembersStage.What.ADD);
      case REMOVE, REMOVE_SYNC -> MembersStage.of(scene, MembersStage.What.REMOVE);
      case REMOVE_DEAD_OF_TWO -> MembersStage.of(scene, MembersStage.What.REMOVE_DEAD);
      default -> new SwitchoverStage(scene, Optional.empty());
    };
  }

  /** A new world of this case. */
  @Override
  public Drill.Stage stage(long seed, boolean traced) {
    return stage(seed, traced, Optional.empty());
  }

  /** About how many effects it has when nothing goes wrong. */
  @Override
  public int effects() {
    return switch (this) {
      case INIT_OF_EMPTY_HOSTS -> 108;
      case INIT_ADOPTS -> 87;
      case OPEN, OPEN_AFTER_FENCE, MAINTENANCE_ON, MAINTENANCE_OFF -> 12;
      case SWITCHOVER_OF_TWO -> 35;
      case FENCE, FENCE_FROZEN, FENCE_CUT_OFF, FENCE_CUT_OFF_DEVICE_HANGS, FENCE_LEADER -> 14;
      case SWITCHOVER_WITH_HOOKS, FAILOVER_WITH_HOOKS -> 78;
      case UNFENCE -> 14;
      case FENCE_DRILL -> 30;
      case REJOIN_BY_REWIND, REJOIN_BY_CLONE -> 40;
      case REJOIN_BY_FOLLOWING -> 30;
      case ADD, ADD_SYNC -> 80;
      case REMOVE, REMOVE_SYNC -> 45;
      case REMOVE_DEAD_OF_TWO -> 25;
      default -> 48;
    };
  }
}

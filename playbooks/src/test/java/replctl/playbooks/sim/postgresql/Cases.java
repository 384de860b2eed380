package replctl.playbooks.sim.postgresql;

import java.util.List;
import java.util.Optional;
import replctl.inventory.Replication;
import replctl.playbooks.sim.Drill;

/** The operations and clusters that faults are tried on. */
enum Cases {
  INIT_OF_EMPTY_HOSTS,
  INIT_ADOPTS,
  SWITCHOVER_OF_TWO,
  SWITCHOVER_ASYNC,
  SWITCHOVER_SEMI_SYNC,
  SWITCHOVER_SYNC,
  SWITCHOVER_WITH_A_FROZEN_FOLLOWER;

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
      case SWITCHOVER_SEMI_SYNC -> PostgresScene.running(seed, traced, 3, semi);
      case SWITCHOVER_SYNC -> PostgresScene.running(seed, traced, 3, sync);
      case SWITCHOVER_ASYNC, SWITCHOVER_WITH_A_FROZEN_FOLLOWER ->
          PostgresScene.running(seed, traced, 3, async);
    };
  }

  /** A new world of this case, broken on purpose. */
  Drill.Stage stage(long seed, boolean traced, Optional<Mutant> mutant) {
    PostgresScene scene = scene(seed, traced);
    mutant.ifPresent(m -> m.into(scene));
    return switch (this) {
      case INIT_OF_EMPTY_HOSTS, INIT_ADOPTS -> new InitStage(scene);
      case SWITCHOVER_WITH_A_FROZEN_FOLLOWER -> new SwitchoverStage(scene, Optional.of("pg3"));
      default -> new SwitchoverStage(scene, Optional.empty());
    };
  }

  /** A new world of this case. */
  Drill.Stage stage(long seed, boolean traced) {
    return stage(seed, traced, Optional.empty());
  }

  /** About how many effects it has when nothing goes wrong. */
  int effects() {
    return switch (this) {
      case INIT_OF_EMPTY_HOSTS -> 108;
      case INIT_ADOPTS -> 87;
      case SWITCHOVER_OF_TWO -> 35;
      default -> 48;
    };
  }
}

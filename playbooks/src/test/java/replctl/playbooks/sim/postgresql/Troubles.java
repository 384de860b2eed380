package replctl.playbooks.sim.postgresql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiFunction;
import replctl.inventory.Fencing;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.fence.Devices;
import replctl.playbooks.sim.FailoverStage;
import replctl.playbooks.sim.SimDevice;
import replctl.playbooks.sim.SimEpoch;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Failover;

/** Clusters of three in which a failover needs one of its rules. */
final class Troubles {
  private static final NodeName OLD = new NodeName("pg1");

  private Troubles() {}

  private static PostgresScene scene(long seed, boolean traced) {
    return PostgresScene.running(
        seed, traced, 3, PostgresScene.mode(Replication.Mode.SEMI_SYNC, 1));
  }

  private static SimDevice device(PostgresScene scene) {
    return scene.world().device(Devices.of(scene.cluster().node(OLD).orElseThrow()).get(0).get(0));
  }

  /** The leader's host stands still, and nothing else is wrong. */
  static FailoverStage plain(long seed, boolean traced) {
    return new FailoverStage(scene(seed, traced));
  }

  /**
   * Its device takes the command, and switches nothing.
   *
   * @param once whether it is not asked again
   */
  static FailoverStage deafDevice(long seed, boolean traced, boolean once) {
    PostgresScene scene = scene(seed, traced);
    device(scene).is(SimDevice.Health.IGNORES);
    if (once) {
      scene.world().breakSecondCalls();
    }
    return new FailoverStage(scene);
  }

  /** Its device was never drilled, and is wired to some host that is off. */
  static FailoverStage wiredElsewhere(long seed, boolean traced) {
    PostgresScene scene = scene(seed, traced);
    scene.stranger("spare").files().put("/etc/other.conf", "belongs to somebody else");
    scene.world().host(new NodeName("spare")).powered(false);
    device(scene).wiredTo(new NodeName("spare"));
    return new FailoverStage(scene);
  }

  /**
   * A switchover has come so far that pg2 leads, and pg3 has not been told; pg1 and pg2 can't be
   * reached.
   */
  static FailoverStage candidateNobodySees(PostgresScene scene) {
    return new FailoverStage(
        scene,
        Optional.empty(),
        () -> {
          SimPostgres old = scene.server("pg1");
          SimPostgres next = scene.server("pg2");
          old.stopFast();
          scene.world().time().pass(5 * SimTime.SECOND);
          old.standbySignal(true);
          LeaderRecord leads =
              new LeaderRecord(
                  2,
                  "op-a",
                  new NodeName("pg2"),
                  List.of(OLD, new NodeName("pg2"), new NodeName("pg3")),
                  1,
                  List.of(OLD, new NodeName("pg3")),
                  1,
                  new TreeMap<>(),
                  List.of());
          for (String knows : List.of("pg1", "pg2")) {
            SimHost host = scene.server(knows).host();
            host.files().put(PgPaths.state(host) + "/epoch", SimEpoch.settled(leads).text());
            host.reachable(false);
            host.linked(false);
          }
          next.promote();
          scene.world().time().pass(20 * SimTime.SECOND);
        }) {
      @Override
      protected Failover.Options typed() {
        return losing(OptionalLong.of(Long.MAX_VALUE));
      }

      @Override
      protected Optional<String> ledBefore() {
        return Optional.of("pg2");
      }
    };
  }

  /**
   * Of five nodes, two can't be reached: the leader, and the one that an operation which is not
   * over had opened before that was written down anywhere.
   */
  static FailoverStage operationCutShort(long seed, boolean traced) {
    PostgresScene scene =
        PostgresScene.running(seed, traced, 5, PostgresScene.mode(Replication.Mode.SEMI_SYNC, 1));
    return new FailoverStage(
        scene,
        Optional.empty(),
        () -> {
          scene.first().stopFast();
          scene.world().time().pass(5 * SimTime.SECOND);
          scene.first().standbySignal(true);
          for (SimHost host : scene.world().hosts()) {
            host.promises(2, "op-a");
          }
          for (String gone : List.of("pg1", "pg2")) {
            SimHost host = scene.server(gone).host();
            host.reachable(false);
            host.linked(false);
          }
          scene.server("pg2").promote();
          scene.world().time().pass(20 * SimTime.SECOND);
        }) {
      @Override
      protected Failover.Options typed() {
        return losing(OptionalLong.of(Long.MAX_VALUE));
      }

      @Override
      protected Optional<String> ledBefore() {
        return Optional.of("pg2");
      }
    };
  }

  private static Failover.Options losing(OptionalLong limit) {
    return new Failover.Options(
        Optional.empty(), Optional.empty(), Map.of(), limit, Optional.empty());
  }

  /** pg2 is wished for, and lacks what pg3 has. */
  static FailoverStage behind(long seed, boolean traced) {
    PostgresScene scene = scene(seed, traced);
    return new FailoverStage(
        scene,
        Optional.empty(),
        () -> {
          freezeWhileBehind(scene);
        }) {
      @Override
      protected Failover.Options typed() {
        return new Failover.Options(
            Optional.of(new NodeName("pg2")),
            Optional.empty(),
            Map.of(),
            OptionalLong.empty(),
            Optional.empty());
      }
    };
  }

  /** A leader that goes on writing is given up, by its power. */
  static FailoverStage givenUp(
      long seed, boolean traced, BiFunction<Snapshot, Snapshot, Snapshot> decides) {
    PostgresScene scene = scene(seed, traced).accepting(Fencing.Strength.POWER);
    return new FailoverStage(scene, Optional.empty(), () -> {}) {
      @Override
      protected Failover.Options typed() {
        return new Failover.Options(
            Optional.empty(),
            Optional.of("its disk is full of errors"),
            Map.of(),
            OptionalLong.empty(),
            Optional.empty());
      }

      @Override
      protected Snapshot decidesOn(Snapshot begun, Snapshot frozen) {
        return decides.apply(begun, frozen);
      }
    };
  }

  /**
   * The leader's host stands still, and the server of the one that has acknowledged all is stopped.
   *
   * @param limit bytes that may be lost
   */
  static FailoverStage ackerGone(long seed, boolean traced, OptionalLong limit) {
    PostgresScene scene = scene(seed, traced);
    return new FailoverStage(
        scene,
        Optional.empty(),
        () -> {
          freezeWhileBehind(scene);
          scene.server("pg3").stopFast();
          scene.world().time().pass(5 * SimTime.SECOND);
        }) {
      @Override
      protected Failover.Options typed() {
        return losing(limit);
      }
    };
  }

  /** The leader's host stands still while pg2 lacks what pg3 has acknowledged. */
  private static void freezeWhileBehind(PostgresScene scene) {
    SimPostgres lags = scene.server("pg2");
    lags.config().auto().put("primary_conninfo", PostgresScene.conninfo("nowhere", "pg2"));
    lags.reload();
    scene.world().time().pass(3 * SimTime.SECOND);
    FailoverStage.freeze(scene);
    lags.config().auto().put("primary_conninfo", PostgresScene.conninfo("pg1", "pg2"));
    lags.reload();
    scene.world().time().pass(5 * SimTime.SECOND);
  }
}

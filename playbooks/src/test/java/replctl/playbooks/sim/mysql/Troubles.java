package replctl.playbooks.sim.mysql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.sim.FailoverStage;
import replctl.playbooks.sim.SimEpoch;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Failover;

/** Clusters of three in which a failover needs one of its rules. */
final class Troubles {
  private static final NodeName OLD = new NodeName("my1");
  private static final NodeName PREFERRED = new NodeName("my2");
  private static final NodeName LAST = new NodeName("my3");

  private Troubles() {}

  static MysqlScene scene(long seed, boolean traced) {
    return MysqlScene.running(seed, traced, 3, MysqlScene.mode(Replication.Mode.SEMI_SYNC, 1));
  }

  /** The leader's host stands still, and nothing else is wrong. */
  static FailoverStage plain(MysqlScene scene) {
    return new FailoverStage(scene);
  }

  /** my2 is wished for, and lacks what my3 has. */
  static FailoverStage behind(MysqlScene scene) {
    SimMysql lags = scene.server("my2");
    return new Wishing(
        scene,
        () -> {
          lags.channel().stopReceiver();
          scene.world().time().pass(3 * SimTime.SECOND);
          FailoverStage.freeze(scene);
          lags.channel().startReceiver();
          scene.world().time().pass(5 * SimTime.SECOND);
        });
  }

  /** my2 is wished for, and what it has received waits for its applier. */
  static FailoverStage unapplied(MysqlScene scene) {
    return new Wishing(
        scene,
        () -> {
          stopApplying(scene);
          FailoverStage.freeze(scene);
        });
  }

  /**
   * The same, and its server is restarted when it has stood still: what was not applied is gone.
   */
  static FailoverStage restarted(MysqlScene scene) {
    return new Wishing(
        scene,
        () -> {
          stopApplying(scene);
          FailoverStage.freeze(scene);
        }) {
      private boolean done;

      @Override
      protected Snapshot decidesOn(Snapshot begun, Snapshot frozen) {
        if (!done) {
          done = true;
          scene.server("my2").killed();
          scene.server("my2").start(200 * SimTime.MS);
          world().time().pass(2 * SimTime.SECOND);
        }
        return frozen;
      }
    };
  }

  /**
   * A switchover has come so far that my2 leads, and my3 has not been told; my1 and my2 can't be
   * reached.
   */
  static FailoverStage candidateNobodySees(MysqlScene scene) {
    return new FailoverStage(
        scene,
        Optional.empty(),
        () -> {
          // All that it has acknowledged is everywhere then: any loss may be typed here.
          scene.first().superReadOnly(true);
          scene.world().time().pass(2 * SimTime.SECOND);
          scene.stop(OLD);
          scene.world().time().pass(5 * SimTime.SECOND);
          LeaderRecord leads =
              new LeaderRecord(
                  2,
                  "op-a",
                  PREFERRED,
                  List.of(OLD, PREFERRED, LAST),
                  1,
                  List.of(OLD, LAST),
                  1,
                  new TreeMap<>(),
                  List.of());
          for (NodeName knows : List.of(OLD, PREFERRED)) {
            SimHost host = scene.world().host(knows);
            host.files().put(scene.state(host) + "/epoch", SimEpoch.settled(leads).text());
            host.reachable(false);
            host.linked(false);
          }
          scene.promote(PREFERRED);
          scene.world().time().pass(20 * SimTime.SECOND);
        }) {
      @Override
      protected Failover.Options typed() {
        return new Failover.Options(
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            OptionalLong.of(Long.MAX_VALUE),
            Optional.empty());
      }

      @Override
      protected Optional<String> ledBefore() {
        return Optional.of(PREFERRED.value());
      }
    };
  }

  private static void stopApplying(MysqlScene scene) {
    for (String name : new String[] {"my2", "my3"}) {
      SimMysql my = scene.server(name);
      Channel channel = my.channel();
      channel.pauseApplier();
    }
    scene.server("my3").channel().startApplier();
    scene.world().time().pass(2 * SimTime.SECOND);
  }

  /** my2 is to lead. */
  private static class Wishing extends FailoverStage {
    Wishing(MysqlScene scene, Runnable trouble) {
      super(scene, Optional.empty(), trouble);
    }

    @Override
    protected Failover.Options typed() {
      return new Failover.Options(
          Optional.of(PREFERRED),
          Optional.empty(),
          Map.of(),
          OptionalLong.empty(),
          Optional.empty());
    }
  }
}

package replctl.inventory.yaml;

import replctl.inventory.Node;
import replctl.inventory.Replication;

/** Whether the acknowledgements that are asked for can be had. */
final class DurabilityRules {
  private DurabilityRules() {}

  static void check(ClusterDraft cluster) {
    Replication replication = cluster.replication();
    Fields written = cluster.fields().section(ClusterKeys.REPLICATION);
    if (written.has(ReplicationKeys.ACKS) && replication.mode() != Replication.Mode.SEMI_SYNC) {
      idle(written, ReplicationKeys.ACKS, "mode " + replication.mode().word());
    }
    if (written.has(ReplicationKeys.DEGRADE_AFTER)
        && replication.onLostSync() != Replication.OnLostSync.DEGRADE) {
      idle(written, ReplicationKeys.DEGRADE_AFTER, "on_lost_sync: block");
    }
    if (replication.mode() != Replication.Mode.ASYNC) {
      acks(cluster, ackers(cluster));
    }
  }

  private static void acks(ClusterDraft cluster, int ackers) {
    Replication replication = cluster.replication();
    boolean sync = replication.mode() == Replication.Mode.SYNC;
    int asked = sync ? Math.max(1, ackers) : replication.acks();
    Fields written = cluster.fields().section(ClusterKeys.REPLICATION);
    Spot place =
        written
            .spot(ReplicationKeys.ACKS)
            .or(() -> written.spot(ReplicationKeys.MODE))
            .orElseGet(() -> cluster.spot(ClusterKeys.REPLICATION));
    if (asked > ackers) {
      place.error(
          "mode "
              + replication.mode().word()
              + " asks for "
              + count(asked, "ack")
              + ", and "
              + count(ackers, "follower")
              + " can give one; add a node, or write replication: {mode: async}");
    } else if (asked == ackers && replication.onLostSync() == Replication.OnLostSync.BLOCK) {
      place.warn(
          "every follower that can acknowledge ("
              + ackers
              + ") must: when one is lost, writes wait");
    }
  }

  /**
   * How many can acknowledge whoever leads: those that follow the leader itself. One with a delay
   * can say that it has received, not soon that it has applied.
   */
  private static int ackers(ClusterDraft cluster) {
    int direct = 0;
    for (NodeDraft draft : cluster.nodes()) {
      Node node = draft.node();
      boolean late =
          cluster.replication().mode() == Replication.Mode.SYNC && node.delay().isPresent();
      direct += node.cascadeFrom().isEmpty() && !late ? 1 : 0;
    }
    return Math.max(0, direct - 1);
  }

  private static void idle(Fields written, Key<?> key, String cause) {
    written.spot(key).ifPresent(spot -> spot.warn("it has no effect with " + cause));
  }

  private static String count(int number, String word) {
    return number == 0 ? "no " + word : number + " " + word + (number == 1 ? "" : "s");
  }
}

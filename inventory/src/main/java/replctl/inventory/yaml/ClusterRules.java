package replctl.inventory.yaml;

/** What no single key can show: rules between the keys of one cluster. */
final class ClusterRules {
  private ClusterRules() {}

  static void check(ClusterDraft cluster) {
    LeaderRules.check(cluster);
    CascadeRules.check(cluster);
    LayoutRules.check(cluster);
    ArchiveRules.check(cluster);
    VoterRules.names(cluster);
    // Counts mean nothing while nodes are missing.
    if (cluster.whole()) {
      VoterRules.count(cluster);
      DurabilityRules.check(cluster);
      FenceRules.check(cluster);
    }
  }
}

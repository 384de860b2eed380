package replctl.inventory.yaml;

/** Nobody may rely on a veto, or on clients being led, that does not happen. */
final class RedirectRules {
  private RedirectRules() {}

  static void check(ClusterDraft cluster) {
    if (cluster.fields().has(ClusterKeys.HOOKS)) {
      cluster
          .spot(ClusterKeys.HOOKS)
          .warn("this replctl reads hooks and does not run them: before_promotion vetoes nothing");
    }
    if (cluster.fields().has(ClusterKeys.REDIRECT)) {
      cluster
          .spot(ClusterKeys.REDIRECT)
          .warn("this replctl reads redirect and does not act on it: lead clients yourself");
    }
  }
}

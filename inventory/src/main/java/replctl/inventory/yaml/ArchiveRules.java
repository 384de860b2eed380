package replctl.inventory.yaml;

import replctl.inventory.EngineKind;

/** An archive is told in PostgreSQL's words. */
final class ArchiveRules {
  private ArchiveRules() {}

  static void check(ClusterDraft cluster) {
    if (cluster.archive().isPresent()
        && cluster.engine().filter(e -> e != EngineKind.POSTGRESQL).isPresent()) {
      cluster.spot(ClusterKeys.ARCHIVE).error("only PostgreSQL has a restore_command");
    }
  }
}

package replctl.inventory.yaml;

import java.util.Optional;
import replctl.inventory.EngineKind;

/** An archive is told in PostgreSQL's words. */
final class ArchiveRules {
  private ArchiveRules() {}

  static void check(ClusterDraft cluster) {
    Fields archive = cluster.fields().section(ClusterKeys.ARCHIVE);
    Optional<Spot> spot = archive.spot();
    if (spot.isEmpty()) {
      return;
    }
    if (!archive.has(ArchiveKeys.RESTORE_COMMAND) && !archive.has(ArchiveKeys.PGBACKREST)) {
      spot.get().error("an archive needs restore_command or pgbackrest");
    } else if (cluster.engine().filter(e -> e != EngineKind.POSTGRESQL).isPresent()) {
      spot.get().error("only PostgreSQL has a restore_command");
    }
  }
}

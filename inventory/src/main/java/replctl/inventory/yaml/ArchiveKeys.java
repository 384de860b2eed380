package replctl.inventory.yaml;

import java.util.Optional;
import replctl.inventory.Archive;

/** The section {@code archive}. */
final class ArchiveKeys {
  static final Key<String> RESTORE_COMMAND =
      Key.optional(
          "restore_command",
          new TextType<>(new RestoreCommandForm()),
          "PostgreSQL's restore_command of every node: gets the file %f of the log to %p. Where"
              + " pgbackrest is given, pgBackRest's by default.");
  static final Key<String> PGBACKREST =
      Key.optional(
          "pgbackrest",
          new TextType<>(new StanzaForm()),
          "The stanza of pgBackRest, set up on every node, from whose newest backup a node's data"
              + " is copied; otherwise it is copied from another node.");

  static final Section SECTION = Section.of("archive", RESTORE_COMMAND, PGBACKREST);

  private ArchiveKeys() {}

  static Optional<Archive> of(Fields fields) {
    Optional<String> stanza = fields.get(PGBACKREST);
    return fields.has(RESTORE_COMMAND)
        ? fields.get(RESTORE_COMMAND).map(command -> new Archive(command, stanza))
        : stanza.map(Archive::ofStanza);
  }
}

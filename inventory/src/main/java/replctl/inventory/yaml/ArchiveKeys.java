package replctl.inventory.yaml;

import java.util.Optional;
import replctl.inventory.Archive;

/** The section {@code archive}. */
final class ArchiveKeys {
  static final Key<String> RESTORE_COMMAND =
      Key.required(
          "restore_command",
          new TextType<>(new RestoreCommandForm()),
          "PostgreSQL's restore_command of every node: gets the file %f of the log to %p.");

  static final Section SECTION = Section.of("archive", RESTORE_COMMAND);

  private ArchiveKeys() {}

  static Optional<Archive> of(Fields fields) {
    return fields.get(RESTORE_COMMAND).map(Archive::new);
  }
}

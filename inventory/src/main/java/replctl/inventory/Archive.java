package replctl.inventory;

import java.util.Optional;

/**
 * Where the log is kept that the nodes themselves have no more, and backups of their data.
 *
 * @param restoreCommand gets one file of it on a node, in PostgreSQL's words: {@code %f} stands for
 *     the file's name, {@code %p} for where it goes
 * @param stanza the stanza of pgBackRest whose backups new copies of the data are made from; empty:
 *     they are made from another node
 */
public record Archive(String restoreCommand, Optional<String> stanza) {
  /** Of log alone. */
  public Archive(String restoreCommand) {
    this(restoreCommand, Optional.empty());
  }

  /** What pgBackRest keeps, got by the command that its manual gives. */
  public static Archive ofStanza(String stanza) {
    return new Archive(
        "pgbackrest --stanza=" + stanza + " archive-get %f \"%p\"", Optional.of(stanza));
  }
}

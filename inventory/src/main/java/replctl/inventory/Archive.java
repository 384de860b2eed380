package replctl.inventory;

/**
 * Where the log is kept that the nodes themselves have no more.
 *
 * @param restoreCommand gets one file of it on a node, in PostgreSQL's words: {@code %f} stands for
 *     the file's name, {@code %p} for where it goes
 */
public record Archive(String restoreCommand) {}

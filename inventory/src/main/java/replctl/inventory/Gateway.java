package replctl.inventory;

/**
 * A host that serves clients and holds neither data nor a vote.
 *
 * @param host name or address, as the operator's host reaches it
 */
public record Gateway(String host, Node.Connection connection, Ssh ssh) {}

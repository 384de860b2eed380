package replctl.inventory;

import java.util.Optional;

/**
 * A host that serves clients and holds neither data nor a vote.
 *
 * @param host name or address, as the operator's host reaches it
 * @param osUser the operating system's user that may do there what is to be done; empty: whoever
 *     logs in
 */
public record Gateway(String host, Node.Connection connection, Ssh ssh, Optional<String> osUser) {}

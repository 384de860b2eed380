package replctl.playbooks.real.sql;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import replctl.inventory.secret.Secret;
import replctl.playbooks.real.shell.Shell;

/**
 * How one node's server is reached.
 *
 * @param label the node, for messages
 * @param tunnel the shell whose host's own 127.0.0.1 is connected to; empty: straight to the host
 * @param host the host's name, which its certificate must hold
 * @param password read when it is needed; throws when it can't be had
 * @param authority the file of the certificate that the server's is verified with
 */
public record Target(
    String label,
    Optional<Shell> tunnel,
    String host,
    int port,
    String user,
    Supplier<Secret> password,
    Path authority) {}

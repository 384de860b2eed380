package replctl.inventory;

import java.nio.file.Path;
import replctl.inventory.secret.SecretSource;

/**
 * A certificate of the operator's own for one node.
 *
 * @param ca the authority's certificate that the other nodes verify with
 * @param certificate the node's certificate, its host among the subject's alternative names
 * @param key the node's private key
 */
public record Tls(Path ca, Path certificate, SecretSource key) {}

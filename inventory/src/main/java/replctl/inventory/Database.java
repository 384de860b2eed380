package replctl.inventory;

import java.util.Optional;
import replctl.inventory.secret.SecretSource;

/**
 * How the database is reached, and its accounts.
 *
 * @param user the role that replctl reads with
 * @param password that role's password; absent: init makes one and keeps it beside the inventory
 * @param osUser the operating system's user that owns the server; absent: the engine's usual one
 * @param tls the operator's own certificate; absent: replctl's small CA issues one
 */
public record Database(
    int port,
    Access access,
    String user,
    Optional<SecretSource> password,
    Optional<String> osUser,
    Optional<Tls> tls) {
  /** How SQL from the operator's host reaches the server. */
  public enum Access implements Worded {
    /** Through the SSH connection to the node's own 127.0.0.1. */
    TUNNEL("tunnel"),
    /** Straight to the server's port, with TLS verified. */
    DIRECT("direct");

    private final String word;

    Access(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }
}

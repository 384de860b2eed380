package replctl.inventory;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.secret.SecretSource;

/** One way in which clients are led to the leader. */
public sealed interface Redirect {
  /** For people: {@code haproxy /run/haproxy/admin.sock, backend shop}; never a secret. */
  String label();

  /** A script of the operator's own. */
  record Program(OwnProgram program) implements Redirect {
    @Override
    public String label() {
      return "script " + program.command().get(0);
    }
  }

  /**
   * An address that the leader's host holds.
   *
   * @param address IPv4 or IPv6, without brackets
   * @param prefix the network's, in bits
   * @param device the network interface, on every node
   */
  record Vip(String address, int prefix, String device) implements Redirect {
    @Override
    public String label() {
      return "address " + address + "/" + prefix + " on " + device;
    }
  }

  /**
   * A backend of HAProxy, by its runtime API.
   *
   * @param gateway the host from which its API is reached; empty: the operator's own
   * @param servers what each node is called there; one that is absent is called by its own name
   */
  record Haproxy(
      Endpoint socket, Optional<Gateway> gateway, String backend, Map<NodeName, String> servers)
      implements Redirect {
    public Haproxy {
      // Not Map.copyOf: its order differs from run to run, and plans must not.
      servers = Collections.unmodifiableMap(new LinkedHashMap<>(servers));
    }

    /** What the node is called there. */
    public String server(NodeName node) {
      return servers.getOrDefault(node, node.value());
    }

    @Override
    public String label() {
      return "haproxy "
          + socket.label()
          + gateway.map(host -> " of " + host.host()).orElse("")
          + ", backend "
          + backend;
    }
  }

  /** Where HAProxy's runtime API listens, as its gateway or else this host reaches it. */
  sealed interface Endpoint {
    /** As the inventory has it. */
    String label();

    /** A socket of this host. */
    record Unix(String path) implements Endpoint {
      @Override
      public String label() {
        return "unix:" + path;
      }
    }

    /** A port. */
    record Tcp(String host, int port) implements Endpoint {
      @Override
      public String label() {
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
      }
    }
  }

  /**
   * A database of PgBouncer: one file of its configuration is written on its host, and it is told
   * to read it by its admin console there.
   *
   * @param on the node of the cluster on whose host it runs; empty: {@code gateway} says where
   * @param socket the folder of its socket, or the address where it listens on its own host
   * @param database what clients ask it for
   * @param at what that is called on the server
   * @param user who may use the admin console
   * @param file the file, which its configuration includes
   * @param options further settings of that database, such as pool_size
   */
  record Pgbouncer(
      Optional<NodeName> on,
      Optional<Gateway> gateway,
      String socket,
      int port,
      String database,
      String at,
      String user,
      Optional<SecretSource> password,
      String file,
      Map<String, String> options)
      implements Redirect {
    public Pgbouncer {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Where it runs, for people. */
    public String place() {
      return on.map(NodeName::value).or(() -> gateway.map(Gateway::host)).orElse("");
    }

    @Override
    public String label() {
      return "pgbouncer on " + place() + ":" + port + ", database " + database;
    }
  }
}

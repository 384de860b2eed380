package replctl.playbooks.world;

import replctl.inventory.NodeName;

/** Where a script runs. */
public sealed interface Place {
  /** The words used in plans and messages. */
  String label();

  /** The host of a database node. */
  static Place on(NodeName node) {
    return new Host(node);
  }

  /** The host of a database node. */
  record Host(NodeName node) implements Place {
    @Override
    public String label() {
      return node.value();
    }

    /** By hand: a record's own is put together at run time, and costs each start milliseconds. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Host host && host.node.equals(node);
    }

    @Override
    public int hashCode() {
      return node.hashCode();
    }
  }

  /** The host of a database node, where scripts run as whoever logs in there. */
  record Login(NodeName node) implements Place {
    @Override
    public String label() {
      return node.value();
    }
  }

  /** A host that votes and holds no data: scripts run there as whoever logs in. */
  record Witness(NodeName name) implements Place {
    @Override
    public String label() {
      return name.value();
    }
  }

  /**
   * The host of a database node, reached through another node's host: where the operator's own way
   * to it is cut.
   */
  record Via(NodeName node, NodeName through) implements Place {
    @Override
    public String label() {
      return node + " through " + through;
    }
  }

  /**
   * A host that serves clients and holds neither data nor a vote: scripts run there as the account
   * that the inventory says.
   *
   * @param host as the inventory has it
   * @param redirect which of the cluster's redirects says how it is reached, from 1
   */
  record Gateway(String host, int redirect) implements Place {
    @Override
    public String label() {
      return host;
    }
  }

  /**
   * The operator's own host: certificates are signed there. Every script that runs there is given
   * {@code secrets_directory}, the cluster's folder of secrets beside the inventory, and {@code
   * state_directory}, a folder for the lock.
   */
  record Operator() implements Place {
    @Override
    public String label() {
      return "here";
    }
  }
}

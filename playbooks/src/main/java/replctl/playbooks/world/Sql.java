package replctl.playbooks.world;

import replctl.inventory.NodeName;

/** Reads from the nodes' servers, as the role that may only read. Nothing is ever changed by it. */
public interface Sql {
  /**
   * Asks one question. Never throws for what a host, a network or a server does: that is in the
   * answer, which is Done with the columns of the first row by their labels (none when there is no
   * row; a null is an empty text), or Unknown.
   *
   * @param query fixed text; what was found elsewhere must never be part of it
   */
  Answer read(NodeName node, String query, Deadline by);
}

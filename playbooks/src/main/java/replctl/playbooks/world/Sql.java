package replctl.playbooks.world;

import replctl.inventory.NodeName;

/** Reads from the nodes' servers, as the role that may only read. Nothing is ever changed by it. */
@FunctionalInterface
public interface Sql {
  /** A world in which no server can be asked over its own protocol. */
  Sql NONE = (node, query, by) -> Answer.notDone(Trouble.NOT_PERMITTED, "there is no SQL here");

  /**
   * Asks one question, over a connection that stays open for the next. Never throws for what a
   * host, a network or a server does: that is in the answer, which is Done with the rows as facts,
   * or Unknown without any.
   */
  Answer read(NodeName node, Query query, Deadline by);
}

package replctl.inventory;

/** A host with a vote and no data. */
public record Witness(NodeName name, String host, Node.Connection connection, Ssh ssh) {}

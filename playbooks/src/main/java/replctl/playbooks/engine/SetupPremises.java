package replctl.playbooks.engine;

import java.util.Optional;
import java.util.stream.Stream;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.plan.Refusal;

/** What setting up needs of every engine's hosts, and why it can't be begun without. Pure. */
public record SetupPremises(SetupGoal goal) {
  /** What sudo does not grant would stop the operation half-way. */
  public Stream<Refusal> unitRights(NodeName node) {
    return goal.site().facts(node).text("unit.lacks").stream()
        .map(
            lacks ->
                Refusal.of(
                    Refusal.Code.E_RIGHTS_01,
                    "on " + node + ", sudo does not grant what starts and stops its server.",
                    "on " + node + ", in /etc/sudoers.d (README, What an operator must grant):",
                    lacks));
  }

  /** A node's key is made on its own host. */
  public Stream<Refusal> openssl(NodeName node) {
    return goal.site().facts(node).truth("openssl").equals(Optional.of(false))
        ? Stream.of(
            Refusal.of(
                Refusal.Code.E_STATE_01,
                "the openssl command is not installed on " + node + "; its key is made there.",
                "on " + node + ", as root: apt-get install openssl"))
        : Stream.empty();
  }

  /** A host that finds no address for another can't be its follower. */
  public Refusal noAddress(NodeName node, NodeName peer) {
    String host = goal.site().declared(peer).host();
    return Refusal.of(
        Refusal.Code.E_STATE_01,
        node + " finds no address for " + host + " (" + peer + ").",
        "on " + node + ": getent ahosts " + host);
  }

  /**
   * Enough of those whose word counts.
   *
   * @param has how many take part, or count already
   */
  public Stream<Refusal> ackers(int has) {
    Replication asked = goal.site().cluster().replication();
    int needs =
        switch (asked.mode()) {
          case ASYNC -> 0;
          case SEMI_SYNC -> asked.acks();
          case SYNC -> 1;
        };
    return has >= needs
        ? Stream.empty()
        : Stream.of(
            Refusal.of(
                Refusal.Code.E_STATE_01,
                "durability "
                    + asked.mode().word()
                    + " asks for "
                    + needs
                    + " acknowledging followers, and "
                    + has
                    + " take part that may lead, follow "
                    + goal.leader()
                    + " directly and hold nothing back.",
                "change replication in the inventory, or add nodes to it"));
  }
}

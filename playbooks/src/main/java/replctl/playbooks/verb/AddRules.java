package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.RejoinGoal;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;

/** Who takes part when a node joins, and who votes then. */
final class AddRules {
  private final RejoinGoal goal;
  private final LeaderRecord last;
  private final SetupGoal.Policy policy;
  private final List<NodeName> part;

  AddRules(RejoinGoal goal, LeaderRecord last, Add.Options options) {
    this.goal = goal;
    this.last = last;
    this.policy = new SetupGoal.Policy(false, false, false, options.withoutGuard());
    this.part =
        goal.site().cluster().nodes().stream()
            .filter(n -> n.name().equals(goal.node()) || takesPart(n))
            .map(Node::name)
            .toList();
  }

  /** The leader, and followers of it that run. One that is to join later takes no part yet. */
  private boolean takesPart(Node other) {
    NodeView view = goal.site().seen(other.name());
    boolean later = other.mayLead() && !last.voters().contains(other.name());
    return !later
        && view.contact().answered()
        && view.presence() == Presence.RUNNING
        && (other.name().equals(goal.leader()) || view.role() == Role.FOLLOWER)
        && identity(other.name()).equals(identity(goal.leader()));
  }

  private Optional<String> identity(NodeName name) {
    return goal.site().seen(name).server().flatMap(Server::identity);
  }

  /** All that take part. */
  SetupGoal setup() {
    return new SetupGoal(goal.site(), goal.leader(), part, policy);
  }

  /** The leader and the one that joins: only those are judged. */
  SetupGoal joining() {
    return new SetupGoal(
        goal.site(),
        goal.leader(),
        part.stream().filter(n -> n.equals(goal.leader()) || n.equals(goal.node())).toList(),
        policy);
  }

  /** One that may not lead has no vote; if it had one, it gives it up. */
  List<NodeName> voters() {
    return goal.site().declared(goal.node()).mayLead()
        ? with(last.voters(), goal.node())
        : last.voters().stream().filter(n -> !n.equals(goal.node())).toList();
  }

  /** Those, and this one. */
  static List<NodeName> with(List<NodeName> voters, NodeName name) {
    return voters.contains(name)
        ? voters
        : Stream.concat(voters.stream(), Stream.of(name)).toList();
  }

  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (Node other : goal.site().cluster().nodes()) {
      if (part.contains(other.name())) {
        continue;
      }
      boolean later = other.mayLead() && !last.voters().contains(other.name());
      warnings.add(
          later
              ? other.name() + " is not a member yet either: replctl add " + other.name()
              : other.name()
                  + " takes no part now, and learns of "
                  + goal.node()
                  + " when it is back: replctl init");
    }
    return warnings;
  }

  /** Members whose servers run: what a witness that joins is to them, they are told now. */
  static List<NodeName> members(Site site, LeaderRecord last) {
    return members(site.cluster(), last)
        .filter(
            n ->
                site.seen(n).contact().answered()
                    && site.seen(n).presence() == Presence.RUNNING
                    && (n.equals(last.leader()) || site.seen(n).role() == Role.FOLLOWER))
        .toList();
  }

  private static Stream<NodeName> members(Cluster cluster, LeaderRecord last) {
    return cluster.nodes().stream()
        .filter(n -> !n.mayLead() || last.voters().contains(n.name()))
        .map(Node::name);
  }

  /** The members that are not told now. */
  static List<String> absent(Site site, LeaderRecord last, NodeName joins) {
    List<NodeName> told = members(site, last);
    return members(site.cluster(), last)
        .filter(n -> !told.contains(n))
        .map(
            n ->
                n + " takes no part now, and learns of " + joins + " when it is back: replctl init")
        .toList();
  }

  static Refusal unfounded(Site site) {
    return Refusal.of(
        Refusal.Code.E_EPOCH_02,
        "no host that answers has a record of who leads.",
        "replctl init " + site.cluster().name());
  }

  /** Rules of init and rejoin say what to type for those; here it is add. */
  static Refusal worded(Refusal no, NodeName node) {
    return new Refusal(
        no.code(),
        no.found(),
        no.unchanged(),
        no.next().stream()
            .map(
                next ->
                    next.replace("replctl rejoin " + node, "replctl add " + node)
                        .replace(
                            "replctl init --without-guard",
                            "replctl add " + node + " --without-guard")
                        .replace("then replctl init", "then replctl add " + node)
                        .replace("then: replctl init", "then: replctl add " + node))
            .toList());
  }
}

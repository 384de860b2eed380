package replctl.playbooks.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Value;

/**
 * Which passwords are renewed, and who takes part.
 *
 * @param leader who leads
 * @param nodes those that take part, in the order of the inventory, the leader among them
 * @param absent those that do not answer and are left for later
 * @param secrets the passwords that are renewed
 * @param op the operation that renews them
 */
public record PasswordGoal(
    Site site,
    NodeName leader,
    List<NodeName> nodes,
    List<NodeName> absent,
    List<SecretRef> secrets,
    String op) {
  private static final Duration QUICK = Duration.ofSeconds(30);

  public PasswordGoal {
    nodes = List.copyOf(nodes);
    absent = List.copyOf(absent);
    secrets = List.copyOf(secrets);
  }

  /** Whether it is renewed. */
  public boolean renews(SecretRef secret) {
    return secrets.contains(secret);
  }

  /** The new one, while both lie there; one that is not renewed stays what it is. */
  public SecretRef fresh(SecretRef secret) {
    return renews(secret) ? secret.next(op) : secret;
  }

  /** The one before it, while both lie there; one that is not renewed stays what it is. */
  public SecretRef old(SecretRef secret) {
    return renews(secret) ? secret.before(op) : secret;
  }

  /** Every node that takes part, but the leader. */
  public List<NodeName> followers() {
    return nodes.stream().filter(n -> !n.equals(leader)).toList();
  }

  /** Nodes that take part and may lead, or do. */
  public List<NodeName> mayLead() {
    return nodes.stream()
        .filter(n -> n.equals(leader) || site.declared(n).mayLead())
        .filter(n -> site.declared(n).delay().isEmpty())
        .toList();
  }

  /**
   * Each follower, one after the other, logs in to every node that may lead.
   *
   * @param login sees that one can log in to another
   */
  public List<Lane> logins(Login login) {
    List<Lane> lanes = new ArrayList<>();
    for (NodeName follower : followers()) {
      List<Step> steps =
          mayLead().stream()
              .filter(to -> !to.equals(follower))
              .map(to -> login.from(follower, to))
              .toList();
      if (!steps.isEmpty()) {
        lanes.add(new Lane(steps));
      }
    }
    return lanes;
  }

  /** Sees that a node can log in to another. */
  @FunctionalInterface
  public interface Login {
    Step from(NodeName follower, NodeName to);
  }

  /** New ones lie beside those in use, on the operator's host. */
  public Step made() {
    return operator("new-passwords", "make new passwords beside those in use", "made")
        .undoneBy(operator("gone"));
  }

  /** The new ones take their place there. */
  public Step taken() {
    return operator("use-passwords", "use the new passwords on this host", "used")
        .undoneBy(operator("back"));
  }

  /** Nothing of the old ones is left there; from then on there is no way back to them. */
  public Step forgotten() {
    return operator("forget-passwords", "forget the old passwords on this host", "gone")
        .undoneWhileItCan(operator("kept"));
  }

  private Step operator(String name, String title, String wanted) {
    return Step.of(name, title, new Place.Operator(), operator(wanted), QUICK);
  }

  private ScriptCall operator(String wanted) {
    return ScriptCall.perform(
        new Script("operator", "password"),
        Map.of(
            "names",
                Value.of(secrets.stream().map(SecretRef::name).collect(Collectors.joining(" "))),
            "rotation", Value.of(op),
            "lock_wait", Value.of("20"),
            "wanted", Value.of(wanted)));
  }

  /** Every declared node's address, HOST PORT, a line each. */
  public String hosts() {
    StringBuilder text = new StringBuilder();
    for (Node node : site.cluster().nodes()) {
      text.append(text.isEmpty() ? "" : "\n")
          .append(node.host())
          .append(' ')
          .append(node.database().port());
    }
    return text.toString();
  }
}

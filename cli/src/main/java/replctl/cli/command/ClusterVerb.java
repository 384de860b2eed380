package replctl.cli.command;

import java.util.Optional;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.cli.wiring.InventoryFinder;
import replctl.cli.wiring.Session;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;

/** A verb of a whole cluster, which is named by -c, as the operand, or is the only one. */
abstract class ClusterVerb extends Verb {
  @Parameters(
      arity = "0..1",
      paramLabel = "CLUSTER",
      description = "the cluster, where the inventory has more than one")
  Optional<String> operand = Optional.empty();

  /** The cluster, opened. */
  final Session open() {
    Inventory inventory = inventory();
    return root().backend.open(inventory, cluster(inventory), console().environment());
  }

  private Cluster cluster(Inventory inventory) {
    Optional<String> option = Optional.ofNullable(root().cluster);
    if (option.isPresent() && operand.isPresent() && !option.equals(operand)) {
      throw new ParameterException(
          spec.commandLine(), "two clusters: " + option.get() + " and " + operand.get());
    }
    return InventoryFinder.cluster(inventory, operand.or(() -> option));
  }

  /** A look at which nobody answered is none, whatever it printed. */
  static void requireAnswer(Session session, Snapshot seen) {
    if (seen.nodes().stream().noneMatch(ClusterVerb::answers)) {
      throw Failure.of(
          ExitCode.UNREACHABLE,
          "no node of " + session.cluster().name() + " answers",
          "replctl status " + session.cluster().name() + " --timeout 20s");
    }
  }

  /** Its host, or its server alone. */
  static boolean answers(NodeView node) {
    return node.contact().answered() || node.server().isPresent();
  }
}

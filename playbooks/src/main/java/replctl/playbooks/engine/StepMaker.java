package replctl.playbooks.engine;

import java.time.Duration;
import java.util.Map;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Value;

/** An engine's way to call its scripts on a node: they are told where the server's parts lie. */
@FunctionalInterface
public interface StepMaker {
  /** A step that performs a script on a node. */
  Step step(
      String name,
      String title,
      NodeName on,
      String script,
      Map<String, Value> values,
      Duration limit);
}

package replctl.playbooks.engine;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Value;

/**
 * What is written on one node.
 *
 * @param wanted as it is to be written
 * @param before the same parameters as they are written now: what it is taken back to
 */
public record ParameterChange(List<ParameterWish> wanted, List<ParameterWish> before) {
  public ParameterChange {
    wanted = List.copyOf(wanted);
    before = List.copyOf(before);
  }

  /** What takes it back. */
  public ParameterChange reversed() {
    return new ParameterChange(before, wanted);
  }

  /** The name of the step that writes it. */
  public String stepOn(NodeName node) {
    return "write-" + node;
  }

  /** The title of that step. */
  public String title(NodeName node) {
    return wanted.stream()
        .map(w -> w.value().map(v -> w.name() + " = " + v).orElse("nothing of " + w.name()))
        .collect(Collectors.joining(", ", "write down on " + node + ": ", ""));
  }

  /** As scripts are given it: NAME=VALUE, or NAME for nothing, a line each. */
  public Map<String, Value> values() {
    return Map.of(
        "wanted", Value.of(ParameterWish.lines(wanted)),
        "before", Value.of(ParameterWish.lines(before)));
  }

  /**
   * The same restart; before its way back starts a server that has not come up with what was
   * written, it puts that back.
   */
  public Step withWayBack(Step restart) {
    return restart.undoneBy(
        restart
            .undo()
            .orElseThrow(() -> new IllegalArgumentException(restart.name() + " has no way back"))
            .with("back", Value.of(ParameterWish.lines(before))));
  }
}

package replctl.playbooks.plan;

import java.util.List;
import java.util.stream.Stream;

/**
 * A part of a plan that an operator can follow at night. Its lanes run side by side; the next phase
 * starts when all of them have ended.
 *
 * @param title for people: what is true when it has ended
 */
public record Phase(String title, List<Lane> lanes) {
  public Phase {
    lanes = List.copyOf(lanes);
  }

  /** One step after the other. */
  public static Phase inOrder(String title, List<Step> steps) {
    return new Phase(title, List.of(new Lane(steps)));
  }

  /** All at the same time. */
  public static Phase sideBySide(String title, List<Step> steps) {
    return new Phase(title, steps.stream().map(Lane::of).toList());
  }

  /** Every step, lane by lane. */
  public Stream<Step> steps() {
    return lanes.stream().flatMap(l -> l.steps().stream());
  }
}

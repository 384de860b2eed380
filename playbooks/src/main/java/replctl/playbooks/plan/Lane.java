package replctl.playbooks.plan;

import java.util.List;

/** Steps that follow each other. */
public record Lane(List<Step> steps) {
  public Lane {
    steps = List.copyOf(steps);
  }

  /** These steps, one after the other. */
  public static Lane of(Step... steps) {
    return new Lane(List.of(steps));
  }
}

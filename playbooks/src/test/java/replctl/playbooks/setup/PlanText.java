package replctl.playbooks.setup;

import java.util.stream.Collectors;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.verb.Decision;

/** A decision as text: phases, lanes and steps with their hosts; or the refusal. */
public final class PlanText {
  private PlanText() {}

  public static String of(Decision decision) {
    if (decision instanceof Decision.Refused refused) {
      return refused.refusal().code().label()
          + " "
          + refused.refusal().found()
          + refused.refusal().next().stream().map(n -> "\n-> " + n).collect(Collectors.joining());
    }
    return of(((Decision.Planned) decision).plan());
  }

  public static String of(Plan plan) {
    StringBuilder text = new StringBuilder();
    plan.warnings().forEach(w -> text.append("! ").append(w).append('\n'));
    plan.phases()
        .forEach(
            phase -> {
              text.append(phase.title()).append('\n');
              phase
                  .lanes()
                  .forEach(
                      lane -> {
                        String mark = phase.lanes().size() > 1 ? "  | " : "  ";
                        text.append(mark)
                            .append(
                                lane.steps().stream()
                                    .map(s -> s.on().label() + " " + s.name())
                                    .collect(Collectors.joining(", ")))
                            .append('\n');
                      });
            });
    return text.toString();
  }
}

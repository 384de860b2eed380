package replctl.playbooks.real.around;

import java.util.List;
import java.util.Map;
import replctl.playbooks.real.agent.OwnPrograms;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.ProgramCall;
import replctl.playbooks.world.Surroundings;

/** What lies around a cluster, as it is. Nothing of it is loaded until it is asked. */
public final class Around implements Surroundings {
  private final Map<String, String> environment;
  private final Clock clock;

  /**
   * @param environment the operator's, which programs get too
   */
  public Around(Map<String, String> environment, Clock clock) {
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public Answer program(ProgramCall call, Deadline by) {
    return new OwnPrograms(environment, clock).run(call, by);
  }

  @Override
  public Answer ready(List<String> command) {
    return new OwnPrograms(environment, clock).ready(command);
  }
}

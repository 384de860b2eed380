package replctl.playbooks.sim;

import java.util.List;
import java.util.Optional;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.ProgramCall;
import replctl.playbooks.world.Surroundings;
import replctl.playbooks.world.Trouble;

/** The way from one process of replctl to what is simulated around the cluster. */
final class SimSurroundings implements Surroundings {
  private static final long TAKES = 20 * SimTime.MS;

  private final SimWorld world;
  private final SimHosts effects;

  SimSurroundings(SimWorld world) {
    this.world = world;
    this.effects = new SimHosts(world);
  }

  @Override
  public Answer ready(List<String> command) {
    return world.program(command.get(0)).health() == SimProgram.Health.UNUSABLE
        ? unusable()
        : new Answer.Done(Facts.NONE);
  }

  @Override
  public Answer program(ProgramCall call, Deadline by) {
    String what = "program " + call.command().get(0);
    Optional<Fault> fault = effects.before(what);
    SimProgram program = world.program(call.command().get(0));
    if (fault.equals(Optional.of(Fault.FAILS_BEFORE))
        || program.health() == SimProgram.Health.UNUSABLE) {
      return unusable();
    }
    program.runs(call.values());
    if (program.health() == SimProgram.Health.HANGS
        || fault.equals(Optional.of(Fault.NEVER_BEGINS))
        || fault.equals(Optional.of(Fault.BEGINS_LATE))) {
      world.waitAlone(world.clock().worldTime(by) - world.time().now());
      return Answer.unknown(Trouble.OVERDUE, "it did not end, and was ended");
    }
    world.waitAlone(TAKES);
    boolean no =
        program.health() == SimProgram.Health.SAYS_NO
            || fault.equals(Optional.of(Fault.SCRIPT_DIES));
    Answer answer =
        no ? Answer.notDone(Trouble.SAID_NO, "exit code 1") : new Answer.Done(Facts.NONE);
    Answer told = effects.after(fault, what, Optional.of(answer));
    world.trace().say(() -> what + " -> " + SimHosts.told(told));
    return told;
  }

  private static Answer unusable() {
    return Answer.notDone(Trouble.NOT_PERMITTED, "there is no such program");
  }
}

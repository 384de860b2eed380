package replctl.playbooks.real.protocol;

import java.util.Map;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Resident;

/** A script that could not be started: whatever it is asked, nothing was done. */
record AbsentResident(Answer why) implements Resident {
  @Override
  public Answer ready(Deadline by) {
    return why;
  }

  @Override
  public Answer ask(String command, Map<String, String> values, Deadline by) {
    return why;
  }

  @Override
  public void close() {}
}

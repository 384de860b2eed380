package replctl.playbooks.engine;

import java.time.Duration;
import java.util.List;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Step;

/**
 * Gets what only the disk of a lost leader has: its host answers, and its server is stopped there.
 */
public interface Salvage {
  /**
   * Steps by which a frozen follower that has all that the fullest has gets the rest. What is
   * missing in between, or can't be read, makes the first of them a no: the follower is as it was.
   *
   * @param patience how long writes may stand still for the reading and carrying of it
   * @param otherwise the ways out where it can't be had: commands to type
   */
  List<Step> steps(
      Site site,
      NodeName old,
      NodeName candidate,
      NodeName fullest,
      Duration patience,
      List<String> otherwise);
}

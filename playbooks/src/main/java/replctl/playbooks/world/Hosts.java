package replctl.playbooks.world;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** The hosts of one cluster. The one seam through which anything on them is read or changed. */
public interface Hosts {
  /**
   * Runs a script to its end. Never throws for what a host or a network does: that is in the
   * answer.
   *
   * @param progress told of the script's progress, from another thread
   */
  Answer run(Place on, ScriptCall call, Deadline by, Progress progress);

  /** Runs a script to its end, and tells nobody how far it is. */
  default Answer run(Place on, ScriptCall call, Deadline by) {
    return run(on, call, by, Progress.NONE);
  }

  /**
   * Logs in, where that is not so yet, and runs a command that does nothing. Done: the host answers
   * now; a connection that is only still open does not count.
   */
  Answer contact(Place on, Deadline by);

  /** How long a login that is under way has gone unanswered; zero where none is under way. */
  default Duration waited(Place on) {
    return Duration.ZERO;
  }

  /** Asks for contact again and again until the host answers: one that boots. */
  default Answer await(Place on, Deadline by) {
    return contact(on, by);
  }

  /** Starts a script that stays and takes commands. */
  Resident open(Place on, ScriptCall call, Deadline by);

  /**
   * What is to be typed into sudo's rules at a place, a line each, for all that scripts may ask for
   * there. Nothing is connected.
   */
  default List<String> rules(Place on, RootNeeds needs) {
    return List.of();
  }

  /**
   * The hosts that a place is reached through, and its own last, as the operator's own settings
   * have it too; none where it is this host, or that can't be told. Nothing is connected.
   */
  default List<Passage> way(Place on) {
    return List.of();
  }

  /** Opens connections before they are needed; says nothing of what fails, the next call will. */
  void warm(Collection<Place> places);
}

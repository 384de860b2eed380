package replctl.playbooks.plan;

import java.util.List;
import java.util.Map;
import replctl.playbooks.world.Facts;

/** How an operation ended. */
public sealed interface Outcome {
  /**
   * All of it is done.
   *
   * @param found what each step found, by its name
   * @param letGo what was not done, and will not be, in words: hosts were not found twice
   */
  record Done(Map<String, Facts> found, List<String> letGo) implements Outcome {
    public Done {
      found = Map.copyOf(found);
      letGo = List.copyOf(letGo);
    }

    /** Done everywhere. */
    public Done(Map<String, Facts> found) {
      this(found, List.of());
    }
  }

  /** Nothing was changed, because a rule says no. */
  record Refused(Refusal refusal) implements Outcome {}

  /**
   * It failed, and all is as it was before.
   *
   * @param step the step that failed
   * @param letGo what was not taken back, and will not be, in words: a host was not found twice, or
   *     somebody else has done otherwise there
   */
  record Undone(String step, String why, Map<String, Facts> found, List<String> letGo)
      implements Outcome {
    public Undone {
      found = Map.copyOf(found);
      letGo = List.copyOf(letGo);
    }

    /** Taken back everywhere. */
    public Undone(String step, String why, Map<String, Facts> found) {
      this(step, why, found, List.of());
    }
  }

  /**
   * Part of it is done, and it can be resumed.
   *
   * @param left what is still to be done or not known, in words with the step's name
   */
  record Incomplete(String why, List<String> left, Map<String, Facts> found) implements Outcome {
    public Incomplete {
      left = List.copyOf(left);
      found = Map.copyOf(found);
    }
  }

  /**
   * Another operation took its place: the hosts let this one do nothing more.
   *
   * @param why who it was
   */
  record Overtaken(String why, Map<String, Facts> found) implements Outcome {
    public Overtaken {
      found = Map.copyOf(found);
    }
  }

  /**
   * The operator wished that no further step is begun; it can be resumed or taken back.
   *
   * @param left what is still to be done or not known, in words
   */
  record Interrupted(String why, List<String> left, Map<String, Facts> found) implements Outcome {
    public Interrupted {
      left = List.copyOf(left);
      found = Map.copyOf(found);
    }
  }
}

package replctl.playbooks.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import replctl.playbooks.plan.Step;

/** What one process leaves undone of a plan, by why. Lanes add to it side by side. */
final class Remainder {
  private final List<String> owed = Collections.synchronizedList(new ArrayList<>());
  private final List<String> letGo = Collections.synchronizedList(new ArrayList<>());
  private final List<String> notBegun = Collections.synchronizedList(new ArrayList<>());

  /** It is not done at all, or only in part, and must be. */
  void owe(Step step, String why) {
    owed.add(words(step) + ": " + why);
  }

  /**
   * It is not done, and will not be: on a host that an earlier process did not find either, or
   * where somebody else has done otherwise.
   */
  void letGo(Step step, String why) {
    letGo.add(words(step) + ": " + why);
  }

  /** The same of taking it back. */
  void letStay(Step step, String why) {
    letGo.add(back(step, why));
  }

  /** It was not begun, because the operator wished to stop. */
  void leave(Step step) {
    notBegun.add(words(step));
  }

  List<String> owed() {
    return List.copyOf(owed);
  }

  List<String> letGo() {
    return List.copyOf(letGo);
  }

  List<String> notBegun() {
    return List.copyOf(notBegun);
  }

  /** What is to be done yet. */
  List<String> left() {
    return Stream.of(owed, notBegun).flatMap(List::stream).toList();
  }

  private static String words(Step step) {
    return step.on().label() + ": " + step.title();
  }

  /** That a step is not taken back, and why. */
  static String back(Step step, String why) {
    return step.on().label() + ": take back: " + step.title() + ": " + why;
  }
}

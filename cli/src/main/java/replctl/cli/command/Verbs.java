package replctl.cli.command;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The verbs, in the order in which help shows them. One is built only when it was typed. */
final class Verbs {
  /**
   * One of them.
   *
   * @param summary one line, no full stop
   */
  record Entry(String name, Group group, String summary, Supplier<Verb> verb) {}

  /** What verbs are for: headings of help. */
  enum Group {
    LOOK("Look"),
    CHANGE("Change"),
    PLAN("Plan and journal"),
    DECLARE("Declare"),
    REPLCTL("replctl"),
    HIDDEN("");

    private final String heading;

    Group(String heading) {
      this.heading = heading;
    }

    String heading() {
      return heading;
    }
  }

  static final List<Entry> ALL =
      List.of(
          new Entry(
              "inventory", Group.DECLARE, "check and show what is declared", InventoryVerb::new),
          new Entry("version", Group.REPLCTL, "show the version", VersionVerb::new),
          new Entry("help", Group.REPLCTL, "show the options of a verb", HelpVerb::new));

  private Verbs() {}

  static Optional<Entry> named(String name) {
    return ALL.stream().filter(e -> e.name().equals(name)).findFirst();
  }
}

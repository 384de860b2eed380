package replctl.inventory.yaml;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Hooks;
import replctl.inventory.OwnProgram;

/** The section {@code hooks}: programs of the operator's own around a change of leader. */
final class HookKeys {
  static final Key<List<String>> COMMAND =
      Key.required(
          "command",
          new ProgramType(),
          "A program on the operator's host; values come in its environment and on its input.");
  static final Key<Duration> TIMEOUT =
      Key.optional("timeout", new TextType<>(new DurationForm()), "How long it may take.")
          .otherwise("30s");
  static final Section PROGRAM = Section.of("a hook", COMMAND, TIMEOUT);

  static final Key<Fields> BEFORE =
      Key.optional(
          "before_promotion",
          PROGRAM,
          "May veto a change of leader: by any exit code but 0, or by taking too long.");
  static final Key<Fields> AFTER =
      Key.optional(
          "after_promotion", PROGRAM, "Is told of the new leader; where it fails it is owed.");
  static final Section SECTION = Section.of("hooks", BEFORE, AFTER);

  private HookKeys() {}

  static Hooks of(Fields fields) {
    return new Hooks(program(fields.section(BEFORE)), program(fields.section(AFTER)));
  }

  private static Optional<OwnProgram> program(Fields fields) {
    return fields
        .get(COMMAND)
        .map(command -> new OwnProgram(command, fields.get(TIMEOUT).orElse(OwnProgram.USUAL)));
  }
}

package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.Archive;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Value;

/** What a node that is to rejoin needs of an archive, and whether it can have it. Pure. */
record FromArchive(Remains has, Scripts scripts) {
  /** Until 14 pg_rewind finds a restore_command in the data folder only (no --config-file). */
  private static final int CONFIG_FILE = 15;

  private static final Duration QUICK = Duration.ofSeconds(30);

  static FromArchive of(Remains has) {
    return new FromArchive(has, new Scripts(has.goal().site(), has.goal().leader()));
  }

  /** The command that the inventory has. */
  Optional<String> declared() {
    return has.goal().site().cluster().archive().map(Archive::restoreCommand);
  }

  /** Whether it has, or gets, a command that fetches log. */
  boolean can() {
    return declared().isPresent() || has.node().truth("restores").orElse(false);
  }

  /** Why pg_rewind can't fetch log for it; empty: it can. */
  Optional<String> againstRewind() {
    if (!can()) {
      return Optional.of(has.name() + " has no restore_command");
    }
    boolean last =
        declared()
            .map(command -> command.replace("%%", "").contains("%r"))
            .orElse(has.node().truth("restores.r").orElse(false));
    if (last) {
      return Optional.of("pg_rewind takes no restore_command with %r");
    }
    HostLayout layout = scripts.layout(has.name());
    return layout.major() < CONFIG_FILE && !layout.config().equals(layout.data())
        ? Optional.of(
            "pg_rewind of PostgreSQL "
                + layout.major()
                + " finds a restore_command in the data folder only, and "
                + has.name()
                + "'s configuration is in "
                + layout.config())
        : Optional.empty();
  }

  /**
   * Why it must not follow with it: its server would go on beyond the fork, on its old timeline.
   */
  Optional<String> againstFollow() {
    Optional<String> beyond = has.node().text("archive.beyond");
    if (!can() || has.next().isEmpty() || beyond.equals(Optional.of("no"))) {
      return Optional.empty();
    }
    String log =
        "the archive has log of timeline "
            + has.timeline().orElse(0)
            + " beyond "
            + has.parting().flatMap(Parting::fork).map(Lsn::toString).orElse("?");
    return Optional.of(
        (beyond.equals(Optional.of("yes")) ? log : "whether " + log + " can't be told")
            + ", and "
            + has.name()
            + "'s server would apply it");
  }

  /** Whether the leader has no more its own log from the fork on, where a rewound node goes on. */
  boolean leaderLacksTheFork() {
    return has.goal().from().equals(has.goal().leader())
        && recycled(has.parting().flatMap(Parting::fork), has.from().number("log.oldest"));
  }

  /** Whether whom it is to follow has no more the log that it needs. */
  boolean upstreamLacks() {
    return recycled(has.needs(), has.from().number("log.oldest"));
  }

  /** Whether it has no more its own log from before the fork. */
  boolean itLacksItsOwn() {
    return recycled(has.parting().flatMap(Parting::fork), has.node().number("log.oldest"));
  }

  private boolean recycled(Optional<Lsn> wanted, OptionalLong oldest) {
    return wanted.isPresent()
        && oldest.isPresent()
        && Long.divideUnsigned(wanted.get().value(), has.segment()) < oldest.getAsLong();
  }

  /**
   * The restore_command that is declared, in the node's replctl.conf, where it is not there yet.
   */
  List<Step> steps() {
    String before = has.node().text("config.text").orElse("");
    String after = SettingsFile.restoring(has.goal().setup(), has.name(), before);
    return after.equals(before)
        ? List.of()
        : List.of(
            scripts.onData(
                "restore-" + has.name(),
                "let " + has.name() + " fetch log from the archive",
                has.name(),
                "settings",
                Map.of("text", Value.of(after)),
                QUICK));
  }

  /** Whether these take hold only at a start. */
  boolean takesAStart() {
    return !steps().isEmpty()
        && SettingsFile.restore(has.goal().setup(), has.name())
            .filter(Parameter::restart)
            .isPresent();
  }
}

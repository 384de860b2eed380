package replctl.playbooks.engine.postgresql;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import replctl.playbooks.world.Facts;

/**
 * What a server said over its own protocol (survey/live.sql).
 *
 * @param facts of the names that it is asked for; it may say more, and is not believed
 */
record LiveFacts(Facts facts) {
  /** Facts of lists and of what may be absent: the old ones end with a new answer. */
  private static final Set<String> FAMILIES = Set.of("lsn.", "replay.", "receiver.", "sender.");

  private static final Set<String> SINGLE =
      Set.of(
          "in_recovery",
          "version",
          "version_num",
          "server_now_ms",
          "server_started_ms",
          "config_loaded_ms",
          "sql.system_identifier",
          "sql.timeline",
          "log.file",
          "setting.cluster_name",
          "setting.synchronous_commit",
          "setting.synchronous_standby_names");

  /** While these stay, so does all that the host's survey found and this question does not ask. */
  private static final Set<String> LASTING =
      Set.of("in_recovery", "server_started_ms", "config_loaded_ms", "sql.system_identifier");

  LiveFacts {
    Map<String, String> asked = new TreeMap<>(facts.byName());
    asked.keySet().removeIf(name -> !SINGLE.contains(name) && !inFamily(name));
    facts = Facts.of(asked);
  }

  private static boolean inFamily(String name) {
    return FAMILIES.stream().anyMatch(name::startsWith);
  }

  /** The host's facts with these in place of its own; empty where it is not the same any more. */
  Optional<Facts> over(Facts host) {
    boolean same =
        host.text("sql").filter("answered"::equals).isPresent()
            && LASTING.stream().allMatch(n -> host.text(n).equals(facts.text(n)))
            && current().map(t -> Optional.of(t).equals(host.text("timeline"))).orElse(true);
    if (!same) {
      return Optional.empty();
    }
    Map<String, String> kept = new TreeMap<>(host.byName());
    kept.keySet().removeIf(LiveFacts::inFamily);
    return Optional.of(Facts.of(kept).and(facts));
  }

  /** As a survey would say it, of a server whose host says nothing. */
  Facts alone() {
    if (facts.truth("in_recovery").isEmpty()) {
      return Facts.NONE;
    }
    Map<String, String> more = new TreeMap<>(facts.byName());
    more.put("presence", "running");
    more.put("sql", "answered");
    more.put(Surveyed.ALONE, "yes");
    current()
        .or(() -> facts.text("sql.timeline"))
        .ifPresent(timeline -> more.put("timeline", timeline));
    return Facts.of(more);
  }

  /**
   * The timeline that it writes, or receives at this moment: the first eight digits of the name of
   * the log's file are its number.
   */
  private Optional<String> current() {
    Optional<String> written =
        facts
            .text("log.file")
            .filter(file -> file.matches("[0-9A-F]{24}"))
            .map(file -> Long.toString(Long.parseLong(file.substring(0, 8), 16)));
    boolean receives = facts.text("receiver.status").filter("streaming"::equals).isPresent();
    return written.or(() -> facts.text("receiver.timeline").filter(t -> receives));
  }
}

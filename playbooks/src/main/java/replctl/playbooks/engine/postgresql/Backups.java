package replctl.playbooks.engine.postgresql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import replctl.playbooks.world.Facts;

/**
 * The backups of one stanza of pgBackRest, as its {@code info --output=json} tells of them (keys:
 * pgBackRest 2.45, User Guide, "Information"), and the one that a follower can be made from. Pure.
 *
 * @param label pgBackRest's name of the newest backup that can be used; empty: there is none
 * @param why why there is none; empty where there is one
 */
record Backups(Optional<String> label, String why) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Two times and what it is: 20261129-165214F_20261130-020000I. */
  private static final Pattern LABEL =
      Pattern.compile("[0-9]{8}-[0-9]{6}F(_[0-9]{8}-[0-9]{6}[DI])?");

  /** Digits of a timeline in the name of a segment. */
  private static final int TIMELINE_DIGITS = 8;

  /**
   * Chooses among those that a node's host knows of.
   *
   * @param node the answer of premises.sh
   * @param leader the survey of whom the copy is to follow in the end
   */
  static Backups of(Facts node, Facts leader) {
    Optional<String> error = node.text("backup.error");
    if (error.isPresent()) {
      return none(error.get());
    }
    Optional<String> told = node.text("backup.info");
    if (told.isEmpty()) {
      return none("its host was not asked for backups");
    }
    try {
      return newest(JSON.readTree(told.get()), leader);
    } catch (JsonProcessingException unreadable) {
      return none("what pgbackrest says of it is no JSON");
    }
  }

  private static Backups none(String why) {
    return new Backups(Optional.empty(), why);
  }

  private static Backups newest(JsonNode told, Facts leader) {
    JsonNode stanza = told.path(0);
    List<JsonNode> backups = new ArrayList<>();
    stanza.path("backup").forEach(backups::add);
    if (backups.isEmpty()) {
      String message = stanza.path("status").path("message").asText();
      return none(message.isEmpty() || message.equals("ok") ? "it has no backup" : message);
    }
    Map<Long, String> systems = new HashMap<>();
    stanza
        .path("db")
        .forEach(db -> systems.put(db.path("id").asLong(), db.path("system-id").asText()));
    // Oldest first, as pgBackRest lists them; the reason is that of the newest.
    String why = "";
    for (int i = backups.size() - 1; i >= 0; i--) {
      JsonNode backup = backups.get(i);
      String label = backup.path("label").asText();
      Optional<String> against = against(backup, systems.getOrDefault(system(backup), ""), leader);
      if (against.isEmpty()) {
        return new Backups(Optional.of(label), "");
      }
      if (why.isEmpty()) {
        why = "backup " + label + " " + against.get();
      }
    }
    return none(why);
  }

  private static long system(JsonNode backup) {
    return backup.path("database").path("id").asLong();
  }

  private static Optional<String> against(JsonNode backup, String system, Facts leader) {
    if (!LABEL.matcher(backup.path("label").asText()).matches()) {
      return Optional.of("has a name that pgBackRest gives to none");
    }
    if (backup.path("error").asBoolean()) {
      return Optional.of("has pages with a wrong checksum");
    }
    if (!leader.text("system_identifier").equals(Optional.of(system))) {
      return Optional.of("is of the cluster with the system identifier " + system);
    }
    String segment = backup.path("archive").path("stop").asText();
    Optional<Lsn> stop = Lsn.parse(backup.path("lsn").path("stop").asText());
    OptionalLong timeline = timeline(segment);
    if (stop.isEmpty() || timeline.isEmpty()) {
      return Optional.of("has no end");
    }
    return inHistory(timeline.getAsLong(), stop.get(), leader)
        ? Optional.empty()
        : Optional.of(
            "ends at "
                + stop.get()
                + " of timeline "
                + timeline.getAsLong()
                + ", which is not in the leader's history");
  }

  private static OptionalLong timeline(String segment) {
    return segment.matches("[0-9A-F]{24}")
        ? OptionalLong.of(Long.parseLong(segment.substring(0, TIMELINE_DIGITS), 16))
        : OptionalLong.empty();
  }

  /** Whether who replays from there comes to where the leader is. */
  private static boolean inHistory(long timeline, Lsn end, Facts leader) {
    OptionalLong now = leader.number("timeline");
    if (now.equals(OptionalLong.of(timeline))) {
      return true;
    }
    TimelineHistory history =
        now.isPresent() && now.equals(leader.number("history.timeline"))
            ? TimelineHistory.parse(now.getAsLong(), leader.text("history.text"))
            : TimelineHistory.UNKNOWN;
    return history.forks().stream()
        .anyMatch(f -> f.timeline() == timeline && end.compareTo(f.end()) <= 0);
  }
}

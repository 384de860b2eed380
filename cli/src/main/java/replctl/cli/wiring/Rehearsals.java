package replctl.cli.wiring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.journal.Journal;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.verb.PastSwitchover;
import replctl.playbooks.verb.Rehearsal;

/** What this operator's host knows of past switchovers, and what it has foretold of the next. */
public final class Rehearsals {
  /** Of longer ago it tells nothing of now. */
  private static final Duration GOOD_FOR = Duration.ofDays(1);

  /** Journals that are read for it, the newest first. */
  private static final int LOOKED_AT = 100;

  /** Bytes in which the last line is looked for. */
  private static final int LAST_LINE = 4096;

  private static final String STOOD_STILL = "stood_still_ms";

  private Rehearsals() {}

  /**
   * The newest switchovers that are over, the newest first; a journal that can't be read is none.
   */
  public static List<PastSwitchover> past(Session session) {
    Journal journal = session.journal();
    List<String> ops = new ArrayList<>(journal.operations());
    Collections.reverse(ops);
    return ops.stream()
        .limit(LOOKED_AT)
        .flatMap(op -> read(journal, op))
        .flatMap(Rehearsals::done)
        .limit(Rehearsal.MOST)
        .toList();
  }

  private static Stream<Recorded> read(Journal journal, String op) {
    try {
      return journal.read(op).stream();
    } catch (RuntimeException unreadable) {
      return Stream.empty();
    }
  }

  private static Stream<PastSwitchover> done(Recorded recorded) {
    if (recorded.ended().filter(e -> e.ending() == Entry.Ending.DONE).isEmpty()) {
      return Stream.empty();
    }
    Instant at = recorded.ended().get().at();
    return recorded
        .plan()
        .steps()
        .filter(
            s -> s.action() instanceof Action.Handover && recorded.answers().containsKey(s.name()))
        .flatMap(
            s -> {
              OptionalLong ms = recorded.answers().get(s.name()).facts().number(STOOD_STILL);
              Action.Handover h = (Action.Handover) s.action();
              return ms.isPresent()
                  ? Stream.of(
                      new PastSwitchover(
                          recorded.plan().op(),
                          at,
                          h.from(),
                          h.to(),
                          Duration.ofMillis(ms.getAsLong())))
                  : Stream.empty();
            });
  }

  /** Keeps it, to be held against the next switchover. */
  public static void keep(Session session, Rehearsal foreseen) {
    foreseen
        .pause()
        .ifPresent(
            pause -> {
              ObjectNode line = new ObjectMapper().createObjectNode();
              line.put("at", session.world().clock().now().toString());
              line.put("from", foreseen.from().value());
              line.put("to", foreseen.to().value());
              line.put("leastMs", pause.least().toMillis());
              line.put("likelyMs", pause.likely().toMillis());
              line.put("mostMs", pause.most().toMillis());
              session.world().store().append(file(session), line.toString());
            });
  }

  /** What was foretold of the hand-over that was just done, where that was not long ago. */
  public static Optional<Rehearsal.Pause> foretold(Session session, Plan plan) {
    Optional<Action.Handover> handover =
        plan.steps()
            .map(Step::action)
            .filter(Action.Handover.class::isInstance)
            .map(Action.Handover.class::cast)
            .findFirst();
    if (handover.isEmpty()) {
      return Optional.empty();
    }
    return last(session)
        .filter(n -> n.path("from").asText().equals(handover.get().from().value()))
        .filter(n -> n.path("to").asText().equals(handover.get().to().value()))
        .filter(n -> isRecent(session, n.path("at").asText()))
        .map(
            n ->
                new Rehearsal.Pause(
                    Duration.ofMillis(n.path("leastMs").asLong()),
                    Duration.ofMillis(n.path("likelyMs").asLong()),
                    Duration.ofMillis(n.path("mostMs").asLong())));
  }

  private static boolean isRecent(Session session, String at) {
    try {
      return Instant.parse(at).plus(GOOD_FOR).isAfter(session.world().clock().now());
    } catch (DateTimeException unreadable) {
      return false;
    }
  }

  private static Optional<JsonNode> last(Session session) {
    List<String> lines =
        session.world().store().tail(file(session), LAST_LINE).orElse("").lines().toList();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ObjectMapper().readTree(lines.get(lines.size() - 1)));
    } catch (JsonProcessingException cutOff) {
      return Optional.empty();
    }
  }

  private static String file(Session session) {
    return "rehearsals/" + session.cluster().name();
  }
}

package replctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.verb.PastSwitchover;
import replctl.playbooks.verb.Rehearsal;

/** What a rehearsal says, and that what is not known is said to be so. */
class RehearsalPrinterTest {
  private static final NodeName PG1 = new NodeName("pg1");
  private static final NodeName PG2 = new NodeName("pg2");
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  private static RehearsalPrinter printer(Optional<Rehearsal.Pause> pause, OptionalLong bytes) {
    List<PastSwitchover> past =
        pause.isEmpty()
            ? List.of()
            : List.of(new PastSwitchover("op-1", AT, PG2, PG1, Duration.ofMillis(230)));
    return new RehearsalPrinter(
        Shop.look(Shop.SEEN, (cluster, leader) -> List.of()).cluster(),
        AT,
        new Rehearsal(
            PG1,
            PG2,
            pause,
            Optional.empty(),
            bytes,
            Duration.ofSeconds(110),
            past,
            List.of("a transaction of pid 7 on pg1, 41 s old, will be ended")));
  }

  @Test
  void itSaysByWhatItKnows() {
    Rehearsal.Pause pause =
        new Rehearsal.Pause(Duration.ofMillis(210), Duration.ofMillis(230), Duration.ofMillis(900));
    RehearsalPrinter printer = printer(Optional.of(pause), OptionalLong.of(0));
    assertThat(Rendered.plain(printer::lines))
        .isEqualTo(
            """
            shop   pg1 would hand over to pg2
            writes   would stand still for some 0.23 s (0.21 s to 0.90 s)
            backlog  pg2 has applied all that pg1 has
            limit    taken back where it is not over 110 s after writes stopped
            past     0.23 s from pg2 to pg1, op-1, 2026-01-02T03:04:05Z
            warning  a transaction of pid 7 on pg1, 41 s old, will be ended
            Next: replctl switchover shop --to pg2
            """);
    assertThat(Json.of(printer.doc()))
        .contains("\"likelyMs\": 230", "\"backlogMs\": null", "\"takenBackAfterMs\": 110000");
  }

  @Test
  void whatIsNotKnownIsSaid() {
    RehearsalPrinter printer = printer(Optional.empty(), OptionalLong.empty());
    assertThat(Rendered.plain(printer::lines))
        .contains(
            "for how long is not known: this host's journals have no switchover of it",
            "what pg2 has not applied is not known");
    assertThat(Json.of(printer.doc())).contains("\"likelyMs\": null", "\"past\": []");
  }
}

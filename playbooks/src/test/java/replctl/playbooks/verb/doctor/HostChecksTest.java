package replctl.playbooks.verb.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.Node;
import replctl.playbooks.engine.postgresql.Recorded;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.world.Facts;

/** What a host does by itself, by what a real one said and one thing of it otherwise. */
class HostChecksTest {
  private static final Node PG1 = Recorded.cluster(1).nodes().get(0);

  private static List<Finding> of(Facts facts) {
    return HostChecks.of(PG1, Recorded.read(facts));
  }

  private static List<Finding> of(String... otherwise) {
    List<String> all = new ArrayList<>(List.of("clock.synchronised", "yes"));
    all.addAll(List.of(otherwise));
    return of(Recorded.facts("checked-follower3", all.toArray(String[]::new)));
  }

  @Test
  void aHostWithoutAnyOfItIsNotSpokenOf() {
    assertThat(of()).isEmpty();
    assertThat(of(Facts.NONE)).isEmpty();
  }

  @Test
  void whatAHostSaidOfWhatWasAmissOnIt() {
    List<Finding> found = of(Recorded.facts("checked-follower"));

    assertThat(found)
        .extracting(Finding::code)
        .containsExactly(
            "unit-restarts", "rights", "clock-free", "keepers", "authority-certificate");
    assertThat(found)
        .extracting(Finding::text)
        .contains(
            "the certificate of the authority that it trusts"
                + " (/var/lib/postgresql/.replctl/shop/pg2/tls/ca.crt) ends on 2026-12-05, in 11 d")
        .anyMatch(t -> t.startsWith("puppet was seen on its host"))
        .anyMatch(t -> t.startsWith("Restart=always of postgresql@17-main: "));
    assertThat(found.get(1).cure()).endsWith("these lack: unmask postgresql@17-main");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # fact                 | value         | another        | its value | level    | code                  | text has
          unit.restart           | on-failure    | -              | -         | -        | -                     | -
          unit.restart           | on-failure    | guard.placed   | no        | WARNING  | unit-restarts         | no start guard stands before it
          unit.restart           | on-success    | -              | -         | WARNING  | unit-restarts         | also after it was stopped on purpose
          unit.restart           | no            | guard.placed   | no        | -        | -                     | -
          unit_enabled           | no            | -              | -         | NOTE     | unit-not-enabled      | postgresql@17-main is not started at a boot
          unit_masked            | yes           | -              | -         | NOTE     | unit-not-enabled      | is not started at a boot
          unit_masked            | yes           | fenced         | 7 op-1    | -        | -                     | -
          options.lacks          | a rule        | -              | -         | WARNING  | rights                | its own file of options
          guard.lacks            | a rule        | -              | -         | NOTE     | rights-guard          | placed by hand
          guard.lacks            | a rule        | guard.placed   | no        | WARNING  | rights-guard          | and it has none
          clock.synchronised     | ''            | unasked.clock  | no tool   | NOTE     | unasked               | not known, and so not judged: clock (no tool)
          unasked.checkup        | no answer     | -              | -         | WARNING  | unasked               | checkup (no answer)
          upgrades               | dnf-automatic | -              | -         | NOTE     | upgrades              | dnf-automatic upgrades its packages by itself
          keepers                | chef salt     | -              | -         | NOTE     | keepers               | chef, salt was seen
          authority.end_ms       | 1795000000000 | -              | -         | CRITICAL | authority-certificate | ended on 2026-11-18
          client.end_ms          | 1796000000000 | -              | -         | WARNING  | client-certificate    | the certificate that it shows to the server that it receives from ends on 2026-11-30
          client.end_ms          | 1999000000000 | -              | -         | -        | -                     | -
          """)
  void oneThingOtherwise(
      String fact,
      String value,
      String another,
      String its,
      String level,
      String code,
      String words) {
    List<Finding> found = another == null ? of(fact, value) : of(fact, value, another, its);

    assertThat(found).extracting(Finding::code).isEqualTo(code == null ? List.of() : List.of(code));
    assertThat(found)
        .allMatch(
            f -> f.level().name().equals(level) && f.text().contains(words) && !f.cure().isEmpty());
  }
}

package replctl.playbooks.verb.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Health;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.engine.Drift;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.world.Trouble;

/** What a monitor is told: what is wrong, what is not known, and nothing that status denies. */
class MonitoredTest {
  private static final NodeName PG1 = new NodeName("pg1");
  private static final NodeName PG2 = new NodeName("pg2");
  private static final Contact CUT = new Contact(Trouble.UNREACHABLE, "no way to it");

  /** Disks and certificates as hosts tell of them: half full, and good for a year. */
  private static final Map<String, String> HOST =
      Map.of(
          HostFact.DISKS,
          "1",
          "disk.1.mount",
          "/var",
          "disk.1.use",
          "data",
          "disk.1.used",
          "50",
          "disk.1.free",
          "50",
          HostFact.CERTIFICATE_END,
          "1798859045000");

  private static Scene well() {
    Scene scene = Scene.healthy().acks("pg1", Acks.NONE);
    List.of("pg1", "pg2", "pg3").forEach(n -> scene.facts(n, HOST));
    return scene;
  }

  private static Sight sight(Scene scene) {
    return new Sight(scene.cluster(), scene.seen(), Scene.LEVELS);
  }

  private static Wish wish(Aspect... aspects) {
    return new Wish(Set.copyOf(Arrays.asList(aspects)), List.of(), Thresholds.NONE);
  }

  private static Verdict of(Scene scene, Aspect aspect) {
    return Monitored.of(sight(scene), wish(aspect)).verdicts().get(0);
  }

  @ParameterizedTest
  @EnumSource(Aspect.class)
  void whatIsWellIsOk(Aspect aspect) {
    Verdict verdict = of(well(), aspect);

    // The scene accepts only power, and its nodes have no devices.
    assertThat(verdict.state()).isEqualTo(aspect == Aspect.FENCE ? State.WARNING : State.OK);
    assertThat(verdict.words()).isNotBlank();
  }

  @ParameterizedTest
  @EnumSource(Aspect.class)
  void whereNobodyAnswersAllIsUnknown(Aspect aspect) {
    Scene scene = well();
    List.of("pg1", "pg2", "pg3").forEach(n -> scene.silent(n, CUT));

    assertThat(of(scene, aspect).state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void twoThatTakeWritesAreCriticalAlsoForWhoAsksForOneNode() {
    Scene scene = well().role("pg2", Role.LEADER);

    assertThat(of(scene, Aspect.ROLE).state()).isEqualTo(State.CRITICAL);
    assertThat(
            Monitored.of(
                    sight(scene), new Wish(Set.of(), List.of(new NodeName("pg3")), Thresholds.NONE))
                .state())
        .isEqualTo(State.CRITICAL);
  }

  @Test
  void noLeaderIsCriticalAlsoWhereSomeAreNotSeen() {
    assertThat(of(well().role("pg1", Role.FOLLOWER), Aspect.ROLE).state())
        .isEqualTo(State.CRITICAL);
    Verdict unseen = of(well().silent("pg1", CUT), Aspect.ROLE);
    assertThat(unseen.state()).isEqualTo(State.CRITICAL);
    assertThat(unseen.problems().get(0).text()).contains("not known of pg1");
  }

  @Test
  void aDebtIsAWarning() {
    LeaderRecord owes =
        new LeaderRecord(
            8,
            "op-8",
            PG1,
            List.of(PG1, PG2),
            1,
            List.of(),
            0,
            new TreeMap<>(Map.of(PG2, "power")),
            List.of(PG2));
    Scene scene =
        well()
            .silent("pg2", CUT)
            .promised(
                new EpochFile.Known(
                    true, 8, "op-8", false, "ann", OptionalLong.empty(), Optional.of(owes)));
    Verdict fence = of(scene, Aspect.FENCE);

    assertThat(fence.problems())
        .anySatisfy(
            p -> {
              assertThat(p.state()).isEqualTo(State.WARNING);
              assertThat(p.node()).contains(PG2);
              assertThat(p.text()).contains("owes", "replctl rejoin pg2");
            });
    assertThat(fence.measures().get(0).value()).contains(BigDecimal.ONE);
  }

  @Test
  void whatIsNotKnownOfOneNodeIsUnknownAndNotWell() {
    Scene scene = well().silent("pg3", CUT);

    for (Aspect aspect : List.of(Aspect.LAG, Aspect.APPLY, Aspect.DISK, Aspect.DRIFT)) {
      Verdict verdict = of(scene, aspect);
      assertThat(verdict.state()).as(aspect.word()).isEqualTo(State.UNKNOWN);
      assertThat(verdict.problems())
          .singleElement()
          .satisfies(p -> assertThat(p.words()).startsWith("pg3: "));
    }
    assertThat(of(scene, Aspect.ROLE).state()).isEqualTo(State.WARNING);
    assertThat(of(well().lagUnknown("pg2"), Aspect.LAG).state()).isEqualTo(State.UNKNOWN);
    assertThat(of(well().facts("pg2", Map.of()), Aspect.DISK).state()).isEqualTo(State.UNKNOWN);
    assertThat(of(Scene.healthy(), Aspect.SYNC).state()).isEqualTo(State.UNKNOWN);
    assertThat(of(Scene.healthy(), Aspect.READY).state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void ofOneNodeOnlyThatOneIsJudged() {
    Sight sight = sight(well().silent("pg3", CUT));

    assertThat(
            Monitored.of(sight, new Wish(Set.of(Aspect.LAG), List.of(PG2), Thresholds.NONE))
                .state())
        .isEqualTo(State.OK);
  }

  @Test
  void aThresholdTakesThePlaceOfTheInventorysLimit() {
    Scene scene = well().lag("pg2", 1 << 20, Duration.ofSeconds(40), Lag.Cause.LINK);
    Thresholds own =
        new Thresholds(
            Map.of(Gauge.LAG, Gauge.LAG.range("1m").orElseThrow()),
            Map.of(Gauge.LAG, Gauge.LAG.range("5m").orElseThrow()));

    assertThat(of(scene, Aspect.LAG).state()).isEqualTo(State.WARNING);
    assertThat(verdict(scene, own).state()).isEqualTo(State.OK);
    assertThat(
            verdict(scene.lag("pg2", 1 << 20, Duration.ofSeconds(301), Lag.Cause.LINK), own)
                .problems())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.state()).isEqualTo(State.CRITICAL);
              assertThat(p.words()).isEqualTo("pg2: lag is 301.000s, the threshold is 300");
            });
    assertThat(verdict(scene.lagUnknown("pg2"), own).state()).isEqualTo(State.UNKNOWN);
  }

  private static Verdict verdict(Scene scene, Thresholds own) {
    return Monitored.of(sight(scene), new Wish(Set.of(Aspect.LAG), List.of(), own))
        .verdicts()
        .get(0);
  }

  @Test
  void aFollowerThatHasWorkAndDoesNotApplyIsAWarning() {
    Scene before = well().position("pg2", 1, 5000).applied("pg2", 1, 1000);
    Sight once = sight(before);

    assertThat(Applying.asksForMore(once.seen(), Wish.ALL)).isTrue();
    assertThat(Applying.asksForMore(well().seen(), Wish.ALL)).isFalse();
    assertThat(Monitored.of(once, wish(Aspect.APPLY)).state()).isEqualTo(State.UNKNOWN);
    Verdict stuck = later(once, before);
    assertThat(stuck.state()).isEqualTo(State.WARNING);
    assertThat(stuck.words()).isEqualTo("pg2: has 3.9 KiB to apply, and applied nothing in 2.0 s");
    assertThat(later(sight(before.delayed("pg2", Duration.ofHours(1))), before).state())
        .isEqualTo(State.OK);
    Verdict moves = later(once, well().position("pg2", 1, 9000).applied("pg2", 1, 4000));
    assertThat(moves.state()).isEqualTo(State.OK);
    assertThat(moves.measures())
        .anySatisfy(
            m -> {
              assertThat(m.label()).isEqualTo("pg2 apply_per_second");
              assertThat(m.value()).contains(BigDecimal.valueOf(1500));
            });
    assertThat(later(once, well().silent("pg2", CUT)).state()).isEqualTo(State.UNKNOWN);
  }

  private static Verdict later(Sight once, Scene then) {
    Sight twice =
        new Sight(
            once.cluster(),
            once.seen(),
            once.levels(),
            Optional.of(new Sight.Later(then.seen(), Duration.ofSeconds(2))),
            Optional.empty());
    return Monitored.of(twice, wish(Aspect.APPLY)).verdicts().get(0);
  }

  @Test
  void whatInitWouldChangeIsDrift() {
    Drift drift = new Drift("max_connections", "100 -> 200", true);
    Scene scene = well();
    Sight sight =
        new Sight(
            scene.cluster(),
            scene.seen(),
            Scene.LEVELS,
            Optional.empty(),
            Optional.of(Map.of(PG1, List.of(), PG2, List.of(drift))));
    Verdict verdict = Monitored.of(sight, wish(Aspect.DRIFT)).verdicts().get(0);

    assertThat(verdict.problems().stream().map(Verdict.Problem::words))
        .containsExactly(
            "pg2: not as the inventory asks: max_connections (replctl init --dry-run)",
            "pg3: whether it is set as the inventory asks is not known");
    assertThat(verdict.state()).isEqualTo(State.WARNING);
  }

  /** Of whatever status warns of, some aspect warns as loudly; none is louder without a cause. */
  @Test
  void statusAndCheckNeverContradictEachOther() {
    List<Scene> scenes =
        List.of(
            well(),
            well().role("pg2", Role.LEADER),
            well().presence("pg2", Presence.STOPPED),
            well().presence("pg1", Presence.HUNG),
            well().presence("pg3", Presence.ABSENT),
            well().streaming("pg2", false),
            well().upstream("pg2", "pg3"),
            well().lag("pg2", 1L << 40, Duration.ofDays(1), Lag.Cause.QUERY),
            well()
                .facts("pg2", Map.of(HostFact.DISKS, "1", "disk.1.used", "99", "disk.1.free", "1")),
            well().facts("pg2", Map.of(HostFact.CERTIFICATE_END, "1000")),
            well().facts("pg2", Map.of(HostFact.GUARD_WAITS, "no majority")),
            well().facts("pg2", Map.of(HostFact.GUARD_PLACED, "no")),
            well().promised(new EpochFile.Unreadable("torn")),
            well().serverAlone("pg2", Trouble.REFUSED, "refused"));
    for (Scene scene : scenes) {
      Sight sight = sight(scene);
      Health health = Health.of(sight.cluster(), sight.seen(), sight.levels());
      Monitored told = Monitored.of(sight, Wish.ALL);
      State found = health.worst().map(State::of).orElse(State.OK);
      assertThat(told.state().or(found)).as("%s", told.problems()).isEqualTo(told.state());
      for (Finding finding : all(health)) {
        State wanted = State.of(finding.level());
        Aspect aspect = Aspect.ofFinding(finding.code());
        State said =
            told.verdicts().stream()
                .filter(v -> v.aspect() == aspect)
                .findFirst()
                .orElseThrow()
                .state();
        assertThat(said.or(wanted)).as("%s of %s", finding, told.verdicts()).isEqualTo(said);
      }
    }
  }

  private static List<Finding> all(Health health) {
    return java.util.stream.Stream.concat(
            health.cluster().stream(), health.nodes().values().stream().flatMap(List::stream))
        .toList();
  }

  @Test
  void ofOneNodeWhatIsOfTheClusterIsLeftOut() {
    assertThat(new Wish(Set.of(), List.of(PG1), Thresholds.NONE).aspects())
        .isEqualTo(EnumSet.complementOf(EnumSet.of(Aspect.SYNC, Aspect.READY)));
    assertThat(Wish.ALL.aspects()).isEqualTo(EnumSet.allOf(Aspect.class));
  }
}

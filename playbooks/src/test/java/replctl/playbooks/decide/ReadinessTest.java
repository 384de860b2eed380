package replctl.playbooks.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Loss.Kind;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Acks.Level;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.world.Trouble;

/** Who would lead next and what would be lost with pg1, for every way to lose something. */
class ReadinessTest {
  private static final Contact SILENT = new Contact(Trouble.UNREACHABLE, "no answer in 2 s");

  static Stream<Arguments> losses() {
    return Stream.of(
        loss("async", Kind.NOT_RECEIVED, 0, s -> s.acks("pg1", Acks.NONE)),
        loss(
            "async: the fullest counts",
            Kind.NOT_RECEIVED,
            300,
            s -> s.acks("pg1", Acks.NONE).position("pg2", 1, 700).position("pg3", 1, 100)),
        loss(
            "async: asked later than the leader",
            Kind.NOT_RECEIVED,
            0,
            s -> s.acks("pg1", Acks.NONE).position("pg2", 1, 1200)),
        loss(
            "async: one that is not seen does not count",
            Kind.NOT_RECEIVED,
            900,
            s -> s.acks("pg1", Acks.NONE).silent("pg2", SILENT).position("pg3", 1, 100)),
        loss(
            "async: nor does another history",
            Kind.NOT_RECEIVED,
            900,
            s -> s.acks("pg1", Acks.NONE).position("pg2", 2, 1000).position("pg3", 1, 100)),
        loss(
            "async: nobody is seen",
            Kind.UNKNOWN,
            -1,
            s -> s.acks("pg1", Acks.NONE).silent("pg2", SILENT).silent("pg3", SILENT)),
        loss("one of two", Kind.NONE, 0, s -> s.acks("pg1", acks(1, "pg2", "pg3"))),
        loss(
            "one of two, behind as they are",
            Kind.NONE,
            0,
            s ->
                s.acks("pg1", acks(1, "pg2", "pg3"))
                    .position("pg2", 1, 900)
                    .position("pg3", 1, 100)),
        loss(
            "one of two, one not seen: the write may be there",
            Kind.UNKNOWN,
            -1,
            s -> s.acks("pg1", acks(1, "pg2", "pg3")).silent("pg3", SILENT)),
        loss(
            "one of two, one stopped",
            Kind.UNKNOWN,
            -1,
            s -> s.acks("pg1", acks(1, "pg2", "pg3")).presence("pg3", Presence.STOPPED)),
        loss(
            "one of two, one with another cluster's data",
            Kind.UNKNOWN,
            -1,
            s -> s.acks("pg1", acks(1, "pg2", "pg3")).identity("pg3", "99")),
        loss(
            "both of two, one not seen: the other has it",
            Kind.NONE,
            0,
            s -> s.acks("pg1", acks(2, "pg2", "pg3")).silent("pg3", SILENT)),
        loss(
            "both of two, none seen",
            Kind.UNKNOWN,
            -1,
            s -> s.acks("pg1", acks(2, "pg2", "pg3")).silent("pg2", SILENT).silent("pg3", SILENT)),
        loss(
            "a node that does not count is not seen",
            Kind.NONE,
            0,
            s -> s.acks("pg1", acks(1, "pg2")).silent("pg3", SILENT)),
        loss(
            "one that may never lead has it",
            Kind.NONE,
            0,
            s -> s.acks("pg1", acks(1, "pg2")).mayNotLead("pg2")),
        loss(
            "a stranger may have it",
            Kind.UNKNOWN,
            -1,
            s ->
                s.acks(
                    "pg1",
                    new Acks(
                        1,
                        Level.FLUSHED,
                        false,
                        List.of(new NodeName("pg2")),
                        List.of("old"),
                        false,
                        List.of("pg2")))),
        loss(
            "anybody may have it",
            Kind.UNKNOWN,
            -1,
            s ->
                s.acks(
                    "pg1",
                    new Acks(1, Level.FLUSHED, false, List.of(), List.of(), true, List.of("pg2")))),
        loss(
            "on no disk",
            Kind.UNKNOWN,
            -1,
            s ->
                s.acks(
                    "pg1",
                    new Acks(0, Level.NOWHERE, false, List.of(), List.of(), false, List.of()))),
        loss("not said", Kind.UNKNOWN, -1, s -> s));
  }

  private static Arguments loss(String what, Kind kind, long bytes, UnaryOperator<Scene> change) {
    return Arguments.of(
        what, kind, bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes), change);
  }

  private static Acks acks(int needed, String... names) {
    return new Acks(
        needed,
        Level.FLUSHED,
        false,
        Stream.of(names).map(NodeName::new).toList(),
        List.of(),
        false,
        List.of(names));
  }

  private static Readiness of(Scene scene) {
    return Readiness.of(scene.cluster(), scene.seen());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void whatWouldBeLostWithTheLeader(
      String what, Kind kind, OptionalLong bytes, UnaryOperator<Scene> change) {
    Scene scene = Scene.healthy();
    for (String follower : List.of("pg2", "pg3")) {
      scene.lagUnknown(follower);
    }
    Loss loss = of(change.apply(scene)).loss().orElseThrow();

    assertThat(loss.kind()).isEqualTo(kind);
    assertThat(loss.bytes()).isEqualTo(bytes);
    assertThat(loss.why().isEmpty()).isEqualTo(kind != Kind.UNKNOWN);
  }

  static Stream<Arguments> lines() {
    return Stream.of(
        line(
            "pg2 would lead after a switchover; if pg1 were lost now, no acknowledged write would"
                + " be",
            s -> s.acks("pg1", acks(1, "pg2", "pg3"))),
        line(
            "pg3 would lead after a switchover; if pg1 were lost now, so would be what pg3 had not"
                + " received: 0 B when asked",
            s -> s.acks("pg1", Acks.NONE).silent("pg2", SILENT)),
        line(
            "pg3 would lead after a switchover; if pg1 were lost now, what would be lost with it"
                + " is not known: an acknowledged write may be on pg2 only, and what is there is not"
                + " seen",
            s -> s.acks("pg1", acks(1, "pg2", "pg3")).silent("pg2", SILENT)),
        line(
            "nobody can take over (pg2: failover: never; pg3: it does not receive); if pg1 were"
                + " lost now, no acknowledged write would be",
            s -> s.acks("pg1", acks(1, "pg2")).mayNotLead("pg2").streaming("pg3", false)),
        line(
            "nobody can take over (pg2: no answer in 2 s; pg3: stopped); if pg1 were lost now, what"
                + " would be lost with it is not known: how much a follower has received is not seen",
            s -> s.acks("pg1", Acks.NONE).silent("pg2", SILENT).presence("pg3", Presence.STOPPED)),
        line("not known: no leader is seen", s -> s.silent("pg1", SILENT)),
        line("no: pg1, pg2 take writes apart from each other", s -> s.role("pg2", Role.LEADER)));
  }

  private static Arguments line(String words, UnaryOperator<Scene> change) {
    return Arguments.of(words, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lines")
  void inWords(String words, UnaryOperator<Scene> change) {
    assertThat(of(change.apply(Scene.healthy())).words()).isEqualTo(words);
  }

  @Test
  void namesWhoWouldLeadAndWhyTheOthersCant() {
    Readiness ready = of(Scene.healthy().acks("pg1", Acks.NONE).streaming("pg3", false));

    assertThat(ready.next()).contains(new NodeName("pg2"));
    assertThat(ready.against())
        .containsExactly(new Readiness.Against(new NodeName("pg3"), "it does not receive"));
    assertThat(of(Scene.healthy().silent("pg1", SILENT)).loss()).isEqualTo(Optional.empty());
  }
}

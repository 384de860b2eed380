package replctl.playbooks.decide.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import replctl.inventory.ClusterName;
import replctl.inventory.EngineKind;
import replctl.inventory.NodeName;
import replctl.inventory.Ssh;
import replctl.inventory.yaml.InventoryReader;
import replctl.inventory.yaml.ProposedCluster;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Peers;
import replctl.playbooks.snapshot.Peers.Peer;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.world.Facts;

/** What is proposed of what was found; each proposal can be read as an inventory. */
class ProposingTest {
  private static final Optional<String> SELF = Optional.of("7");

  /** pg1 leads pg2 and pg3; and pg1 tells of these besides. */
  private static String proposed(Scene scene, Map<String, Duration> late, Peer... besides) {
    List<Found> found = new ArrayList<>();
    for (String name : List.of("pg1", "pg2", "pg3")) {
      boolean leads = name.equals("pg1");
      Optional<Peer> upstream =
          leads
              ? Optional.empty()
              : Optional.of(new Peer("pg1", OptionalInt.of(5432), Optional.empty(), SELF));
      Peers peers =
          new Peers(
              SELF,
              Optional.of(name),
              upstream,
              leads ? List.of(besides) : List.of(),
              Optional.ofNullable(late.get(name)),
              List.of());
      found.add(
          Found.at(
              new Endpoint(name, 5432), Facts.of(Map.of("hostname", name, "port", "5432")), peers));
    }
    Discovery discovery = new Discovery(found, List.of(), Set.of());
    List<Naming.Named> named = Naming.of(discovery, Map.of());
    ProposedCluster bare =
        Proposing.bare(
            new ClusterName("shop"),
            EngineKind.POSTGRESQL,
            Ssh.DEFAULTS,
            named.stream().map(n -> Proposing.bare(n.name(), n.host(), 5432)).toList());
    ProposedCluster made = Proposing.of(bare, discovery, named, scene.seen(), Scene.LEVELS);
    assertThat(made.reading(new InventoryReader(), Path.of("replctl.yaml")).errors())
        .as(made.text())
        .isEmpty();
    return made.text();
  }

  private static Acks acks(int needed, Acks.Level level, String... nodes) {
    List<NodeName> ackers = List.of(nodes).stream().map(NodeName::new).toList();
    return new Acks(needed, level, false, ackers, List.of(), false, List.of(nodes));
  }

  @Test
  void theModeIsWhatWritesWaitForNow() {
    Map<Acks, String> modes =
        Map.of(
            Acks.NONE,
            "{mode: async}",
            acks(1, Acks.Level.FLUSHED, "pg2", "pg3"),
            "{mode: semi-sync, acks: 1, on_lost_sync: block}",
            acks(2, Acks.Level.APPLIED, "pg2", "pg3"),
            "{mode: sync, on_lost_sync: block}",
            acks(1, Acks.Level.APPLIED, "pg2", "pg3"),
            "{mode: semi-sync, acks: 1, on_lost_sync: block}",
            acks(1, Acks.Level.FLUSHED, "pg2").within(Optional.of(Duration.ofSeconds(10))),
            "{mode: semi-sync, acks: 1, on_lost_sync: degrade, degrade_after: 10s}",
            acks(5, Acks.Level.FLUSHED, "pg2", "pg3"),
            "{mode: semi-sync, acks: 2, on_lost_sync: block}");
    modes.forEach(
        (acks, mode) ->
            assertThat(proposed(Scene.healthy().acks("pg1", acks), Map.of()))
                .contains("    replication: " + mode + "\n")
                .contains("pg1: {host: \"pg1\", leader: true}"));
  }

  @Test
  void whatNobodySaidIsARemark() {
    String nobody = proposed(Scene.healthy().role("pg1", Role.CLOSED_LEADER), Map.of());
    assertThat(nobody)
        .contains("# decide: leader: true; nobody who answered takes writes")
        .contains("# decide: replication; what a write waits for is not known")
        .doesNotContain("leader: true}", "replication: {");
    String two = proposed(Scene.healthy().role("pg2", Role.LEADER), Map.of());
    assertThat(two).contains("pg1 and pg2 both take writes");
    String missing =
        proposed(
            Scene.healthy().acks("pg1", Acks.NONE),
            Map.of(),
            new Peer("10.0.0.9\nx: y", OptionalInt.empty(), Optional.of("old"), SELF));
    assertThat(missing)
        .contains("# not taken in: old at 10.0.0.9\\u000Ax: y, which receives from pg1: ");
  }

  @Test
  void oneThatAppliesLaterKeepsItsDelay() {
    assertThat(
            proposed(Scene.healthy().acks("pg1", Acks.NONE), Map.of("pg3", Duration.ofMinutes(90))))
        .contains("pg3: {host: \"pg3\", delay: 5400s}");
  }
}

package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;

/** Who has most, where positions are sets of which neither may hold the other. */
class FullestTest {
  private static final List<String> NODES = List.of("pg1", "pg2", "pg3");

  private static Fullest of(Map<String, Set<Integer>> held, Optional<String> asked) {
    Scene scene = Scene.healthy();
    held.forEach((node, set) -> scene.role(node, Role.FOLLOWER).holds(node, set));
    NODES.stream()
        .filter(n -> !held.containsKey(n))
        .forEach(n -> scene.presence(n, Presence.STOPPED));
    return Fullest.of(scene.seen(), List.of(), asked.map(NodeName::new));
  }

  private static Set<Integer> bits(int set) {
    Set<Integer> bits = new HashSet<>();
    IntStream.range(0, 3).filter(b -> (set >> b & 1) == 1).forEach(bits::add);
    return bits;
  }

  /** All that three nodes can have of three transactions. */
  private static List<Map<String, Set<Integer>>> all() {
    List<Map<String, Set<Integer>>> all = new ArrayList<>();
    for (int i = 0; i < 512; i++) {
      all.add(new TreeMap<>(Map.of("pg1", bits(i), "pg2", bits(i >> 3), "pg3", bits(i >> 6))));
    }
    return all;
  }

  @Test
  void theFirstHasAllThatIsKeptAndWhoPartedIsLeftOut() {
    for (Map<String, Set<Integer>> held : all()) {
      Fullest fullest = of(held, Optional.empty());
      Set<Integer> most = held.get(fullest.node().value());
      for (String node : NODES) {
        Set<Integer> has = held.get(node);
        NodeName name = new NodeName(node);
        boolean kept = fullest.views().stream().anyMatch(v -> v.name().equals(name));
        assertThat(kept).as("%s of %s", node, held).isEqualTo(most.containsAll(has));
        assertThat(fullest.parted().contains(name)).isEqualTo(!kept);
        assertThat(fullest.has(name)).as("%s of %s", node, held).isEqualTo(has.equals(most));
      }
    }
  }

  @Test
  void nobodyChoosesBetweenTwoOfWhomEachHasWhatTheOtherLacks() {
    for (Map<String, Set<Integer>> held : all()) {
      Fullest fullest = of(held, Optional.empty());
      Set<Integer> most = held.get(fullest.node().value());
      List<NodeName> parted = fullest.parted();
      // One that is alone with its history is outvoted by two that agree; nobody else is left out.
      boolean outvoted =
          parted.size() == 1
              && held.entrySet().stream()
                  .filter(e -> !e.getKey().equals(parted.get(0).value()))
                  .allMatch(e -> !agree(e.getValue(), held.get(parted.get(0).value())));
      assertThat(fullest.unclear())
          .as("%s, most %s, parted %s", held, most, parted)
          .isEqualTo(!parted.isEmpty() && !outvoted);
    }
  }

  /** What one wrote while another led is no history that could be kept. */
  @Test
  void oneThatStrayedHasNoSay() {
    for (Map<String, Set<Integer>> held : all()) {
      Scene scene = Scene.healthy().holds("pg1", held.get("pg1"), Set.of(9));
      for (String node : List.of("pg2", "pg3")) {
        scene.holds(node, held.get(node));
      }
      NODES.forEach(node -> scene.role(node, Role.FOLLOWER));
      Map<String, Set<Integer>> others = new TreeMap<>(held);
      others.remove("pg1");

      Fullest fullest = Fullest.of(scene.seen(), List.of(), Optional.empty());

      Fullest without = of(others, Optional.empty());
      assertThat(fullest.views().stream().map(NodeView::name).toList())
          .as("%s", held)
          .isEqualTo(without.views().stream().map(NodeView::name).toList());
      assertThat(fullest.unclear()).isEqualTo(without.unclear());
      assertThat(fullest.parted()).contains(new NodeName("pg1"));
      Optional<NodeName> asked = Optional.of(new NodeName("pg1"));
      Fullest said = Fullest.of(scene.seen(), List.of(), asked);
      assertThat(said.best(scene.cluster(), asked)).isEmpty();
      assertThat(said.astray(scene.cluster(), asked).orElseThrow().found())
          .startsWith("pg1 can't lead: it has what was written there while another led, and pg");
    }
  }

  @Test
  void whereAllHaveStrayedTheyCountAsBefore() {
    Scene scene = Scene.healthy().role("pg1", Role.FOLLOWER);
    scene.holds("pg1", Set.of(1), Set.of(7)).holds("pg2", Set.of(1), Set.of(8));
    scene.presence("pg3", Presence.STOPPED);

    assertThat(Fullest.of(scene.seen(), List.of(), Optional.empty()).unclear()).isTrue();
    Optional<NodeName> asked = Optional.of(new NodeName("pg2"));
    Fullest said = Fullest.of(scene.seen(), List.of(), asked);
    assertThat(said.astray(scene.cluster(), asked)).isEmpty();
    assertThat(said.best(scene.cluster(), asked)).isEqualTo(asked);
  }

  private static boolean agree(Set<Integer> a, Set<Integer> b) {
    return a.containsAll(b) || b.containsAll(a);
  }

  @Test
  void oneThatStandsBeforeAForkDoesNotHideIt() {
    Map<String, Set<Integer>> fork =
        Map.of("pg1", Set.of(1), "pg2", Set.of(1, 2), "pg3", Set.of(1, 3));

    assertThat(of(fork, Optional.empty()).unclear()).isTrue();
    Fullest said = of(fork, Optional.of("pg3"));
    assertThat(said.unclear()).isFalse();
    assertThat(said.node()).isEqualTo(new NodeName("pg3"));
    assertThat(said.parted()).containsExactly(new NodeName("pg2"));
    // Who is before it has both before him.
    assertThat(of(fork, Optional.of("pg1")).unclear()).isTrue();
  }
}

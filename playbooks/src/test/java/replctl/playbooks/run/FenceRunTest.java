package replctl.playbooks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.plan.Action;
import replctl.playbooks.sim.FenceStage;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.postgresql.PostgresScene;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Fanout;
import replctl.playbooks.world.World;

/** How one node is closed. */
class FenceRunTest {
  private final PostgresScene scene =
      PostgresScene.running(7, false, 3, PostgresScene.mode(Replication.Mode.ASYNC, 0));

  /** Nothing that is asked for besides is there yet when what is waited for is. */
  private static Fanout hasty(Fanout all) {
    return new Fanout() {
      @Override
      public <K, V> Map<K, Optional<V>> each(Collection<K> keys, Function<K, V> work, Deadline by) {
        return all.each(keys, work, by);
      }

      @Override
      public <K, V> Map<K, Optional<V>> until(
          Predicate<Map<K, V>> enough, Collection<K> keys, Function<K, V> work, Deadline by) {
        Map<K, Optional<V>> results = new LinkedHashMap<>();
        Map<K, V> there = new LinkedHashMap<>();
        for (K key : keys) {
          results.put(key, Optional.empty());
          if (!enough.test(there)) {
            there.put(key, work.apply(key));
            results.put(key, Optional.of(there.get(key)));
          }
        }
        return results;
      }
    };
  }

  /** Its device was not waited for, since the host was to stop itself. */
  @Test
  void aHostThatAnswersAndCanNotStopItselfLosesItsPower() {
    World seen = scene.world().process();
    Action.Fence fence =
        (Action.Fence)
            new FenceStage(scene, FenceStage.What.FENCE)
                .plan(seen)
                .orElseThrow()
                .steps()
                .filter(s -> s.action() instanceof Action.Fence)
                .findFirst()
                .orElseThrow()
                .action();
    SimHost host = scene.world().host(new NodeName("pg3"));
    host.full(true);
    World hasty =
        new World(
            seen.clock(),
            seen.ids(),
            hasty(seen.fanout()),
            seen.hosts(),
            seen.sql(),
            seen.store(),
            seen.vault(),
            seen.power(),
            seen.surroundings(),
            seen.stop());

    Answer answer = new FenceRun(hasty, fence).perform();

    assertThat(answer.isDone()).as(answer.words()).isTrue();
    assertThat(answer.facts().text("closed")).contains("power");
    assertThat(answer.facts().text("tried").orElse("")).contains("ssh (");
    assertThat(host.powered()).isFalse();
  }
}

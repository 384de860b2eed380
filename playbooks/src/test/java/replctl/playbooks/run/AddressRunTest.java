package replctl.playbooks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.inventory.Redirect;
import replctl.inventory.Replication;
import replctl.playbooks.engine.Gateways;
import replctl.playbooks.fence.Devices;
import replctl.playbooks.plan.Action;
import replctl.playbooks.sim.SimDevice;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.postgresql.PostgresScene;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Power;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** An address moves from pg1 to pg2: what is known of the others decides whether it may. */
class AddressRunTest {
  private static final Redirect.Vip VIP = new Redirect.Vip("10.0.0.100", 24, "eth0");
  private static final String FILE = "/run/address/10.0.0.100";

  private final PostgresScene scene =
      PostgresScene.running(7, false, 3, PostgresScene.mode(Replication.Mode.ASYNC, 0));

  private SimHost host(String name) {
    return scene.world().host(new NodeName(name));
  }

  @ParameterizedTest
  @CsvSource({
    "all answer, pg1, Done, '', pg2",
    "it was moved before, pg2, Done, '', pg2",
    "pg1 stands still, pg1, NotDone, no device says that it is off, pg1",
    "pg1 is off, pg1, Done, 'pg1 is off, and has lost it', pg2",
    "pg1 is cut off from the operator, pg1, Done, '', pg2",
    "pg1 is cut off, pg1, NotDone, no device says that it is off, pg1",
    "pg1 is off and its device hangs, '', NotDone, no device says that it is off, ''",
    "pg1 is off and its device lies, '', NotDone, no device says that it is off, ''",
    "pg3 stands still, pg1, Done, '', pg2",
    "pg3 stands still and has it, pg3, NotDone, somebody answers for it, pg3",
  })
  void itIsNeverOnTwoHosts(
      String trouble, String holder, String kind, String words, String holderThen) {
    if (!holder.isEmpty()) {
      host(holder).files().put(FILE, "here");
    }
    happens(trouble);

    Answer answer = new AddressRun(scene.world().process(), move()).perform();

    assertThat(answer.getClass().getSimpleName()).as(answer.toString()).isEqualTo(kind);
    assertThat(answer.isDone() ? answer.facts().text("note").orElse("") : answer.words())
        .contains(words);
    assertThat(
            scene.world().hosts().stream()
                .filter(host -> host.powered() && host.files().containsKey(FILE))
                .map(host -> host.name().value()))
        .containsExactlyElementsOf(holderThen.isEmpty() ? List.of() : List.of(holderThen));
  }

  private void happens(String trouble) {
    SimDevice device =
        scene.world().device(Devices.of(scene.cluster().nodes().get(0)).get(0).get(0));
    if (trouble.contains("pg1 stands still")) {
      host("pg1").freeze(true);
    }
    if (trouble.contains("pg3 stands still")) {
      host("pg3").freeze(true);
    }
    if (trouble.contains("cut off")) {
      host("pg1").reachable(false);
      host("pg1").linked(trouble.contains("operator"));
    }
    if (trouble.contains("device lies")) {
      device.is(SimDevice.Health.LIES);
      scene
          .world()
          .process()
          .power()
          .ask(
              Devices.of(scene.cluster().nodes().get(0)).get(0).get(0),
              Power.Wish.ON,
              scene.world().process().clock().in(Duration.ofSeconds(5)));
    }
    if (trouble.contains("device hangs")) {
      device.is(SimDevice.Health.HANGS);
    }
    if (trouble.contains("is off")) {
      host("pg1").powered(false);
    }
  }

  @ParameterizedTest
  @CsvSource({"pg2, Done", "pg1, NotDone", "'pg2 pg3', NotDone", "'', NotDone"})
  void whoeverResumesSeesWhetherItIsThereAndNowhereElse(String holders, String kind) {
    for (String holder : holders.split(" ")) {
      if (!holder.isEmpty()) {
        host(holder).files().put(FILE, "here");
      }
    }

    Answer answer = new AddressRun(scene.world().process(), move()).probe();

    assertThat(answer.getClass().getSimpleName()).as(answer.toString()).isEqualTo(kind);
  }

  private Action.Address move() {
    BiFunction<String, String, ScriptCall> call =
        (node, wish) ->
            Gateways.address(VIP, wish)
                .with("cluster_name", Value.of("shop"))
                .with("node_name", Value.of(node));
    Map<NodeName, ScriptCall> drops = new TreeMap<>();
    List.of("pg1", "pg3").forEach(n -> drops.put(new NodeName(n), call.apply(n, "drop")));
    return new Action.Address(
        new NodeName("pg1"),
        new NodeName("pg2"),
        "10.0.0.100/24",
        drops,
        call.apply("pg2", "hold"),
        Devices.of(scene.cluster().nodes().get(0)),
        Duration.ofSeconds(20));
  }
}

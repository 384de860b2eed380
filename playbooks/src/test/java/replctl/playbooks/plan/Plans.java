package replctl.playbooks.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import replctl.inventory.ClusterName;
import replctl.inventory.Fencing;
import replctl.inventory.NodeName;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Power;
import replctl.playbooks.world.PowerDevice;
import replctl.playbooks.world.ProgramCall;
import replctl.playbooks.world.Query;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Value;

/** Plans of every shape, for properties. */
final class Plans {
  private Plans() {}

  static Arbitrary<Plan> any() {
    Arbitrary<List<List<Integer>>> shape =
        Arbitraries.integers().between(1, 3).list().ofMinSize(1).ofMaxSize(3).list().ofMaxSize(4);
    return Combinators.combine(shape, actions(), values(), Arbitraries.strings().ofMaxLength(20))
        .as(Plans::plan);
  }

  private static Plan plan(
      List<List<Integer>> shape, Integer first, Map<String, Value> values, String words) {
    int[] number = {0};
    List<Phase> phases =
        shape.stream()
            .map(
                lanes ->
                    new Phase(
                        words,
                        lanes.stream()
                            .map(
                                steps ->
                                    new Lane(
                                        IntStream.range(0, steps)
                                            .mapToObj(i -> step(number[0]++, first, values, words))
                                            .toList()))
                            .toList()))
            .toList();
    return new Plan(
        "op-1",
        "switchover",
        new ClusterName("shop"),
        new Basis(
            Instant.parse("2026-01-02T03:04:05.678Z"), new TreeMap<>(Map.of("a role", words))),
        List.of(words),
        phases);
  }

  private static Step step(int n, int first, Map<String, Value> values, String words) {
    ScriptCall call = ScriptCall.perform(new Script("postgresql", "follow"), values);
    Action action = n == 0 ? first(first, call, words) : new Action.Run(call);
    return new Step(
        "step-" + n,
        words,
        place(n),
        action,
        n % 3 == 0 ? Optional.of(call) : Optional.empty(),
        Duration.ofMillis(n * 100L),
        n % 2 == 0 ? Step.OnFailure.OWE : Step.OnFailure.STOP);
  }

  private static Place place(int n) {
    NodeName node = new NodeName("pg" + n);
    return switch (n % 4) {
      case 0 -> Place.on(node);
      case 3 -> new Place.Gateway("lb" + n, n);
      case 1 -> new Place.Via(node, new NodeName("pg9"));
      default -> new Place.Operator();
    };
  }

  private static Action first(int kind, ScriptCall call, String words) {
    NodeName pg1 = new NodeName("pg1");
    NodeName pg2 = new NodeName("pg2");
    NodeName pg3 = new NodeName("pg3");
    List<List<PowerDevice>> levels =
        List.of(
            List.of(new PowerDevice(pg1, 1, 1, words)),
            List.of(new PowerDevice(pg1, 2, 1, words), new PowerDevice(pg1, 2, 2, words)));
    return switch (kind) {
      case 0 ->
          new Action.Handover(
              pg1,
              pg2,
              call,
              call,
              Map.of(pg3, call),
              Duration.ofSeconds(1),
              Duration.ofMillis(1500),
              Duration.ofSeconds(3),
              Duration.ofSeconds(10));
      case 1, 2 ->
          new Action.Fence(
              pg1,
              kind == 1 ? Optional.empty() : Optional.of(new Action.Look(call, List.of("a", "b"))),
              call,
              List.of(pg2, pg3),
              levels,
              Set.of(Fencing.Strength.STOPPED, Fencing.Strength.POWER),
              new Query("postgresql", "survey/live"),
              kind == 1,
              kind == 1 ? Optional.empty() : Optional.of("alice@adm1 " + words),
              Duration.ofSeconds(1),
              Duration.ofSeconds(30),
              Duration.ofSeconds(20));
      case 3 ->
          new Action.Power(
              pg1, levels, Power.Wish.ON, Duration.ofSeconds(20), Duration.ofMinutes(3));
      case 4 ->
          new Action.Drill(
              pg1,
              levels,
              List.of(pg2),
              new Query("postgresql", "survey/live"),
              Map.of(pg2, call, pg3, call),
              Duration.ofSeconds(20),
              Duration.ofMinutes(3));
      case 6 ->
          new Action.Hook(
              ProgramCall.of(List.of("/hooks/ask", words), Map.of("why", words)),
              words.isEmpty() ? Optional.empty() : Optional.of(Refusal.Code.E_HOOK_01),
              List.of(words));
      case 7 ->
          new Action.Address(
              pg1, pg2, words, Map.of(pg1, call, pg3, call), call, levels, Duration.ofSeconds(20));
      case 8 -> new Action.Carry(pg1, pg2, call, call, List.of(words));
      default -> new Action.Run(call);
    };
  }

  private static Arbitrary<Integer> actions() {
    return Arbitraries.integers().between(0, 8);
  }

  private static Arbitrary<Map<String, Value>> values() {
    Arbitrary<Value> value =
        Arbitraries.oneOf(
            Arbitraries.strings().map(Value::of),
            Arbitraries.of(Value.Form.values())
                .map(form -> new Value.Hidden(new SecretRef("role-x"), form)),
            Arbitraries.strings().alpha().map(s -> new Value.Known("step-" + s, "fact")));
    return Arbitraries.maps(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8), value)
        .ofMaxSize(4);
  }
}

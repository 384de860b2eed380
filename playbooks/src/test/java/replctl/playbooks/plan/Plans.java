package replctl.playbooks.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import replctl.inventory.ClusterName;
import replctl.inventory.NodeName;
import replctl.playbooks.world.Place;
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
      List<List<Integer>> shape, Boolean handsOver, Map<String, Value> values, String words) {
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
                                            .mapToObj(
                                                i -> step(number[0]++, handsOver, values, words))
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

  private static Step step(int n, boolean handsOver, Map<String, Value> values, String words) {
    ScriptCall call = ScriptCall.perform(new Script("postgresql", "follow"), values);
    Action action =
        handsOver && n == 0
            ? new Action.Handover(
                new NodeName("pg1"),
                new NodeName("pg2"),
                call,
                call,
                Map.of(new NodeName("pg3"), call),
                Duration.ofSeconds(1),
                Duration.ofMillis(1500),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10))
            : new Action.Run(call);
    return new Step(
        "step-" + n,
        words,
        n % 2 == 0 ? Place.on(new NodeName("pg" + n)) : new Place.Operator(),
        action,
        n % 3 == 0 ? Optional.of(call) : Optional.empty(),
        Duration.ofMillis(n * 100L),
        n % 2 == 0 ? Step.OnFailure.OWE : Step.OnFailure.STOP);
  }

  private static Arbitrary<Boolean> actions() {
    return Arbitraries.of(true, false);
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

package replctl.playbooks.plan;

import static replctl.playbooks.plan.ValueJson.number;
import static replctl.playbooks.plan.ValueJson.required;
import static replctl.playbooks.plan.ValueJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import replctl.inventory.ClusterName;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.RecordJson;
import replctl.playbooks.world.ScriptCall;

/** A plan as JSON: the plan file and the head of a journal. Durations are milliseconds. */
public final class PlanJson {
  private PlanJson() {}

  /** The plan as a tree that {@link #read} turns back into the same plan. */
  public static ObjectNode write(Plan plan) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("apiVersion", "replctl/v1");
    node.put("kind", "Plan");
    node.put("schema", Plan.SCHEMA);
    node.put("operation", plan.op());
    node.put("verb", plan.verb());
    node.put("cluster", plan.cluster().value());
    ObjectNode basis = node.putObject("basis");
    basis.put("seenAt", plan.basis().seenAt().toString());
    ObjectNode facts = basis.putObject("facts");
    plan.basis().facts().forEach(facts::put);
    if (!plan.electorate().isNobody()) {
      node.set("electorate", ElectorateJson.write(plan.electorate()));
    }
    plan.sequel().ifPresent(s -> s.asked().forEach(node.putObject("sequel")::put));
    ArrayNode warnings = node.putArray("warnings");
    plan.warnings().forEach(warnings::add);
    ArrayNode phases = node.putArray("phases");
    for (Phase phase : plan.phases()) {
      ObjectNode written = phases.addObject();
      written.put("title", phase.title());
      ArrayNode lanes = written.putArray("lanes");
      for (Lane lane : phase.lanes()) {
        ArrayNode steps = lanes.addArray();
        lane.steps().forEach(step -> steps.add(write(step)));
      }
    }
    return node;
  }

  /**
   * The plan in a tree.
   *
   * @throws IllegalArgumentException in words, when it is no plan or of another schema
   */
  public static Plan read(JsonNode node) {
    if (!node.isObject() || !"Plan".equals(node.path("kind").asText())) {
      throw new IllegalArgumentException("this is no plan of replctl's");
    }
    if (number(node, "schema") != Plan.SCHEMA) {
      throw new IllegalArgumentException(
          "the plan has schema "
              + number(node, "schema")
              + "; this replctl reads schema "
              + Plan.SCHEMA);
    }
    List<Phase> phases = new ArrayList<>();
    for (JsonNode phase : required(node, "phases")) {
      List<Lane> lanes = new ArrayList<>();
      for (JsonNode lane : required(phase, "lanes")) {
        List<Step> steps = new ArrayList<>();
        lane.forEach(step -> steps.add(step(step)));
        lanes.add(new Lane(steps));
      }
      phases.add(new Phase(text(phase, "title"), lanes));
    }
    List<String> warnings = new ArrayList<>();
    node.path("warnings").forEach(w -> warnings.add(w.asText()));
    return new Plan(
        text(node, "operation"),
        text(node, "verb"),
        new ClusterName(text(node, "cluster")),
        basis(required(node, "basis")),
        node.has("electorate") ? ElectorateJson.read(node.get("electorate")) : Electorate.NOBODY,
        sequel(node),
        warnings,
        phases);
  }

  private static Optional<Sequel> sequel(JsonNode node) {
    if (!node.has("sequel")) {
      return Optional.empty();
    }
    SortedMap<String, String> asked = new TreeMap<>();
    node.get("sequel").properties().forEach(e -> asked.put(e.getKey(), e.getValue().asText()));
    return Optional.of(new Sequel(asked));
  }

  private static Basis basis(JsonNode node) {
    SortedMap<String, String> facts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> fact : required(node, "facts").properties()) {
      facts.put(fact.getKey(), fact.getValue().asText());
    }
    try {
      return new Basis(Instant.parse(text(node, "seenAt")), facts);
    } catch (DateTimeException notATime) {
      throw new IllegalArgumentException("\"seenAt\" is no time", notATime);
    }
  }

  private static ObjectNode write(Step step) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", step.name());
    node.put("title", step.title());
    node.set("on", ValueJson.write(step.on()));
    if (step.action() instanceof Action.Open open) {
      node.set("open", ValueJson.write(open.call()));
    } else if (step.action() instanceof Action.WriteDown record) {
      node.set("writeDown", RecordJson.write(record.wanted()));
    } else if (step.action() instanceof Action.Run run) {
      node.set("run", ValueJson.write(run.call()));
    } else if (step.action() instanceof Action.Handover handover) {
      node.set("handover", write(handover));
    } else if (step.action() instanceof Action.Fence fence) {
      node.set("fence", FenceJson.write(fence));
    } else if (step.action() instanceof Action.Power power) {
      node.set("power", FenceJson.write(power));
    } else if (step.action() instanceof Action.Drill drill) {
      node.set("drill", FenceJson.write(drill));
    } else if (step.action() instanceof Action.Address address) {
      node.set("address", AddressJson.write(address));
    } else if (step.action() instanceof Action.Carry carry) {
      node.set("carry", write(carry));
    } else if (step.action() instanceof Action.Hook hook) {
      node.set("hook", HookJson.write(hook));
    }
    step.undo().ifPresent(undo -> node.set("undo", ValueJson.write(undo)));
    node.put("limitMs", step.limit().toMillis());
    node.put("onFailure", step.onFailure().name().toLowerCase(Locale.ROOT));
    return node;
  }

  private static Step step(JsonNode node) {
    Optional<ScriptCall> undo =
        node.has("undo") ? Optional.of(ValueJson.call(node.get("undo"))) : Optional.empty();
    return new Step(
        text(node, "name"),
        text(node, "title"),
        ValueJson.place(required(node, "on")),
        action(node),
        undo,
        Duration.ofMillis(number(node, "limitMs")),
        onFailure(text(node, "onFailure")));
  }

  private static Step.OnFailure onFailure(String word) {
    return switch (word) {
      case "owe" -> Step.OnFailure.OWE;
      case "forward" -> Step.OnFailure.FORWARD;
      case "let_go" -> Step.OnFailure.LET_GO;
      case "try" -> Step.OnFailure.TRY;
      default -> Step.OnFailure.STOP;
    };
  }

  private static Action action(JsonNode node) {
    if (node.has("open")) {
      return new Action.Open(ValueJson.call(node.get("open")));
    }
    if (node.has("writeDown")) {
      return new Action.WriteDown(RecordJson.read(node.get("writeDown")));
    }
    if (node.has("handover")) {
      return handover(node.get("handover"));
    }
    if (node.has("fence")) {
      return FenceJson.fence(node.get("fence"));
    }
    if (node.has("drill")) {
      return FenceJson.drill(node.get("drill"));
    }
    if (node.has("address")) {
      return AddressJson.read(node.get("address"));
    }
    if (node.has("carry")) {
      return carry(node.get("carry"));
    }
    if (node.has("hook")) {
      return HookJson.hook(node.get("hook"));
    }
    return node.has("power")
        ? FenceJson.power(node.get("power"))
        : new Action.Run(ValueJson.call(required(node, "run")));
  }

  private static ObjectNode write(Action.Carry carry) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("from", carry.from().value());
    node.put("to", carry.to().value());
    node.set("give", ValueJson.write(carry.give()));
    node.set("take", ValueJson.write(carry.take()));
    ArrayNode otherwise = node.putArray("otherwise");
    carry.otherwise().forEach(otherwise::add);
    return node;
  }

  private static Action.Carry carry(JsonNode node) {
    List<String> otherwise = new ArrayList<>();
    required(node, "otherwise").forEach(way -> otherwise.add(way.asText()));
    return new Action.Carry(
        new NodeName(text(node, "from")),
        new NodeName(text(node, "to")),
        ValueJson.call(required(node, "give")),
        ValueJson.call(required(node, "take")),
        otherwise);
  }

  private static ObjectNode write(Action.Handover handover) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("from", handover.from().value());
    node.put("to", handover.to().value());
    node.set("closing", ValueJson.write(handover.closing()));
    node.set("opening", ValueJson.write(handover.opening()));
    ObjectNode following = node.putObject("following");
    handover
        .following()
        .forEach((name, call) -> following.set(name.value(), ValueJson.write(call)));
    node.put("freezeLimitMs", handover.freezeLimit().toMillis());
    node.put("catchUpLimitMs", handover.catchUpLimit().toMillis());
    node.put("openLimitMs", handover.openLimit().toMillis());
    node.put("leaseMs", handover.lease().toMillis());
    return node;
  }

  private static Action.Handover handover(JsonNode node) {
    Map<NodeName, ScriptCall> following = new TreeMap<>();
    node.path("following")
        .properties()
        .forEach(e -> following.put(new NodeName(e.getKey()), ValueJson.call(e.getValue())));
    return new Action.Handover(
        new NodeName(text(node, "from")),
        new NodeName(text(node, "to")),
        ValueJson.call(required(node, "closing")),
        ValueJson.call(required(node, "opening")),
        following,
        Duration.ofMillis(number(node, "freezeLimitMs")),
        Duration.ofMillis(number(node, "catchUpLimitMs")),
        Duration.ofMillis(number(node, "openLimitMs")),
        Duration.ofMillis(number(node, "leaseMs")));
  }
}

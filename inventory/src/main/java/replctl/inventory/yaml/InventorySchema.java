package replctl.inventory.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * The JSON Schema of an inventory, for editors: draft 2020-12. It is made of the very table that
 * the reader reads by, so it knows each key that the reader knows, and no other.
 */
public final class InventorySchema {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ObjectNode definitions = JSON.objectNode();

  private InventorySchema() {}

  /** The schema's text. */
  public static String json() {
    return tree().toPrettyString() + "\n";
  }

  /** The schema. */
  public static ObjectNode tree() {
    InventorySchema schema = new InventorySchema();
    ObjectNode root = JSON.objectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "replctl inventory");
    root.put("description", "The clusters that replctl manages, as their operator declares them.");
    root.setAll(schema.of(ClusterKeys.FILE.shape()));
    root.set("$defs", schema.definitions);
    return root;
  }

  private ObjectNode of(Shape shape) {
    ObjectNode node = JSON.objectNode();
    if (shape instanceof Shape.Text text) {
      types(node, text.orNumber() ? List.of("string", "integer") : List.of("string"));
      node.put("pattern", text.pattern());
    } else if (shape instanceof Shape.Scalar) {
      types(node, List.of("string", "number", "boolean"));
    } else if (shape instanceof Shape.Whole whole) {
      node.put("type", "integer").put("minimum", whole.least()).put("maximum", whole.most());
    } else if (shape instanceof Shape.Flag) {
      node.put("type", "boolean");
    } else if (shape instanceof Shape.Words words) {
      ArrayNode choices = node.putArray("enum");
      words.words().forEach(choices::add);
    } else if (shape instanceof Shape.ListOf list) {
      node.put("type", "array");
      least(node, "minItems", list.least());
      node.set("items", of(list.item()));
    } else if (shape instanceof Shape.MapOf map) {
      node.put("type", "object");
      least(node, "minProperties", map.least());
      node.set("propertyNames", JSON.objectNode().put("pattern", map.keyPattern()));
      node.set("additionalProperties", of(map.value()));
    } else if (shape instanceof Shape.Known known) {
      node.put("$ref", "#/$defs/" + defined(known));
    } else if (shape instanceof Shape.AnyOf any) {
      ArrayNode choices = node.putArray("anyOf");
      any.choices().forEach(choice -> choices.add(of(choice)));
    }
    return node;
  }

  /** Defined once, however often it is used. */
  private String defined(Shape.Known known) {
    if (definitions.has(known.name())) {
      return known.name();
    }
    ObjectNode node = definitions.putObject(known.name()).put("type", "object");
    if (known.onlyOne()) {
      node.put("minProperties", 1).put("maxProperties", 1);
    }
    ArrayNode required = JSON.arrayNode();
    ObjectNode properties = node.putObject("properties");
    for (Key<?> key : known.keys()) {
      properties.set(key.name(), described(key));
      if (key.required()) {
        required.add(key.name());
      }
    }
    if (!required.isEmpty()) {
      node.set("required", required);
    }
    if (known.others().isPresent()) {
      node.set("additionalProperties", of(known.others().get()));
    } else {
      node.put("additionalProperties", false);
    }
    return known.name();
  }

  private ObjectNode described(Key<?> key) {
    ObjectNode node = JSON.objectNode();
    Optional<String> fallback = key.fallback().map(text -> " Default: " + text + ".");
    node.put("description", key.description() + fallback.orElse(""));
    node.setAll(of(key.type().shape()));
    key.fallback().ifPresent(text -> literal(key.type().shape(), text, node));
    return node;
  }

  /** A default that is a value, and not only words for people. */
  private static void literal(Shape shape, String text, ObjectNode node) {
    if (shape instanceof Shape.Whole) {
      WholeType.digits(text).ifPresent(number -> node.put("default", number));
    } else if (shape instanceof Shape.Flag) {
      node.put("default", Boolean.parseBoolean(text));
    } else if (shape instanceof Shape.Words words && words.words().contains(text)) {
      node.put("default", text);
    } else if (shape instanceof Shape.Text form && text.matches(form.pattern())) {
      node.put("default", text);
    }
  }

  private static void types(ObjectNode node, List<String> types) {
    if (types.size() == 1) {
      node.put("type", types.get(0));
    } else {
      ArrayNode array = node.putArray("type");
      types.forEach(array::add);
    }
  }

  private static void least(ObjectNode node, String name, int count) {
    if (count > 0) {
      node.put(name, count);
    }
  }
}

package replctl.cli.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A result as data, printed as JSON or YAML. Names are camelCase with the unit in them; what is not
 * known is null and never left out. It only ever grows.
 */
public final class Doc {
  /** The form of all results. */
  public static final String API_VERSION = "replctl/v1";

  private final Map<String, Object> fields = new LinkedHashMap<>();

  private Doc() {}

  /** A whole result of that kind. */
  public static Doc of(String kind) {
    return new Doc().put("apiVersion", API_VERSION).put("kind", kind);
  }

  /** A part of a result. */
  public static Doc part() {
    return new Doc();
  }

  /** What another module laid out already. */
  public static Doc of(JsonNode tree) {
    Doc doc = new Doc();
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      doc.set(field.getKey(), plain(field.getValue()));
    }
    return doc;
  }

  private static Object plain(JsonNode node) {
    if (node.isObject()) {
      return of(node).fields();
    }
    if (node.isArray()) {
      List<Object> items = new ArrayList<>();
      node.forEach(item -> items.add(plain(item)));
      return items;
    }
    if (node.isNumber()) {
      return node.numberValue();
    }
    return node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
  }

  /** A text. */
  public Doc put(String name, String text) {
    return set(name, text);
  }

  /** A number. */
  public Doc put(String name, long number) {
    return set(name, number);
  }

  /** A yes or no. */
  public Doc put(String name, boolean truth) {
    return set(name, truth);
  }

  /** A time, in UTC. */
  public Doc put(String name, Instant time) {
    return set(name, time.toString());
  }

  /** A number with a fraction. */
  public Doc put(String name, double number) {
    return set(name, number);
  }

  /** A part. */
  public Doc put(String name, Doc part) {
    return set(name, part.fields());
  }

  /** A text, a yes or no or a number, or unknown. */
  public Doc put(String name, Optional<?> value) {
    return set(name, value.map(Doc::plain).orElse(null));
  }

  /** A number, or unknown. */
  public Doc put(String name, OptionalLong number) {
    return set(name, number.isPresent() ? number.getAsLong() : null);
  }

  /** A number, or unknown. */
  public Doc put(String name, OptionalInt number) {
    return set(name, number.isPresent() ? number.getAsInt() : null);
  }

  /** Seconds with three places, or unknown; the name ends in Seconds. */
  public Doc seconds(String name, Optional<Duration> time) {
    return set(name, time.map(t -> t.toMillis() / 1000.0).orElse(null));
  }

  /** A list of texts or of parts. */
  public Doc put(String name, Collection<?> values) {
    return set(name, values.stream().map(Doc::plain).toList());
  }

  /** Texts by name. */
  public Doc put(String name, Map<String, String> values) {
    return set(name, new LinkedHashMap<>(values));
  }

  private Doc set(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  private static Object plain(Object value) {
    if (value instanceof Doc doc) {
      return doc.fields();
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof List) {
      return value;
    }
    return value.toString();
  }

  /** The fields in order: texts, numbers, truths, nulls, lists and maps of these. */
  Map<String, Object> fields() {
    return Collections.unmodifiableMap(fields);
  }
}

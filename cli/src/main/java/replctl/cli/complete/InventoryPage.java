package replctl.cli.complete;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import replctl.inventory.yaml.InventorySchema;

/**
 * The page of the inventory's keys, from its schema: so it knows those that the reader knows.
 *
 * @param example an inventory to show
 */
record InventoryPage(String date, String example) {
  private static final String REFERENCE = "#/$defs/";

  /** The page. */
  String text() {
    ObjectNode schema = InventorySchema.tree();
    Mdoc page =
        new Mdoc("replctl-inventory", 5, date, "the clusters that replctl manages, as declared");
    page.section("DESCRIPTION");
    page.text(
        "A file in YAML, looked for in -i FILE, $REPLCTL_INVENTORY, ./replctl.yaml,"
            + " ~/.config/replctl/inventory.yaml and /etc/replctl/inventory.yaml. replctl never"
            + " edits it. replctl inventory validate names file, line and column of what is wrong"
            + " in it, and replctl inventory schema prints a JSON Schema for editors.");
    page.paragraph(
        "An unknown key is an error: a mistyped fencing must not turn it off. A cluster's ssh,"
            + " database and connection are defaults that a node may override. Relative paths start"
            + " at the inventory's folder. A file that everybody may write is refused. Names of"
            + " clusters and nodes are lower-case letters, digits and hyphens, at most 40.");
    page.paragraph(
        "A secret is one of file, command, env and credential; written as plain text it is taken"
            + " with a warning. Its value is never printed.");
    page.section("KEYS");
    page.text("Of the file:");
    keys(page, resolved(schema, schema));
    for (Map.Entry<String, JsonNode> part : schema.get("$defs").properties()) {
      if (!schema.path("$ref").asText().equals(REFERENCE + part.getKey())) {
        page.line(".Ss " + Mdoc.escaped(heading(part.getKey())));
        keys(page, part.getValue());
      }
    }
    page.section("EXAMPLES").literal(example.lines().toList());
    page.section("SEE ALSO").line(".Xr replctl 1 ,").line(".Xr replctl-inventory 1");
    return page.toString();
  }

  private static JsonNode resolved(ObjectNode schema, JsonNode node) {
    String to = node.path("$ref").asText();
    return to.isEmpty() ? node : schema.get("$defs").get(to.substring(REFERENCE.length()));
  }

  private static void keys(Mdoc page, JsonNode part) {
    List<String> required = new ArrayList<>();
    part.path("required").forEach(name -> required.add(name.asText()));
    page.list();
    for (Map.Entry<String, JsonNode> key : part.path("properties").properties()) {
      String must = required.contains(key.getKey()) ? " Required." : "";
      page.item(
          "Cm " + Mdoc.escaped(key.getKey()) + " Ar " + Mdoc.escaped(kind(key.getValue())),
          sentence(key.getValue().path("description").asText()) + must);
    }
    JsonNode others = part.path("additionalProperties");
    if (others.isObject()) {
      page.item("Ar any other Ar " + Mdoc.escaped(kind(others)), "Passed on as it is.");
    }
    page.end();
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  /** What a value may be, in a few words. */
  private static String kind(JsonNode value) {
    if (value.has("$ref")) {
      return heading(value.get("$ref").asText().substring(REFERENCE.length()));
    }
    if (value.has("enum")) {
      return joined(value.get("enum"), JsonNode::asText);
    }
    if (value.has("anyOf")) {
      return joined(value.get("anyOf"), InventoryPage::kind);
    }
    String type = value.path("type").isTextual() ? value.get("type").asText() : "text";
    return switch (type) {
      case "array" -> "list of " + kind(value.get("items"));
      case "object" -> "map of name to " + kind(value.path("additionalProperties"));
      case "integer" ->
          value.get("minimum").equals(value.get("maximum"))
              ? value.get("minimum").asText()
              : value.get("minimum").asText() + " to " + value.get("maximum").asText();
      case "boolean" -> "true | false";
      default -> "text";
    };
  }

  private static String joined(JsonNode choices, Function<JsonNode, String> as) {
    List<String> words = new ArrayList<>();
    choices.forEach(choice -> words.add(as.apply(choice)));
    return words.stream().distinct().collect(Collectors.joining(" | "));
  }

  /** {@code haproxyGateway}: a haproxy gateway. */
  private static String heading(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }
}

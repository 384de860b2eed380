package replctl.playbooks.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import replctl.inventory.NodeName;

/** A leader record as the one line of JSON that lies on the hosts. */
public final class RecordJson {
  private static final ObjectReader READER = new ObjectMapper().reader();

  private RecordJson() {}

  /** As one line. */
  public static String text(LeaderRecord written) {
    return write(written).toString();
  }

  /** As a tree. */
  public static ObjectNode write(LeaderRecord written) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("epoch", written.epoch());
    node.put("operation", written.operation());
    node.put("leader", written.leader().value());
    names(node, "voters", written.voters());
    node.put("votersVersion", written.votersVersion());
    names(node, "ackers", written.ackers());
    node.put("acks", written.acks());
    ObjectNode closed = node.putObject("closed");
    written.closed().forEach((name, how) -> closed.put(name.value(), how));
    names(node, "debts", written.debts());
    written
        .lowered()
        .ifPresent(
            lowered ->
                node.putObject("lowered").put("acks", lowered.acks()).put("by", lowered.by()));
    written.maintenance().ifPresent(hands -> maintenance(node.putObject("maintenance"), hands));
    if (written.revision() > 0) {
      node.put("revision", written.revision());
    }
    return node;
  }

  /** What a host has; empty when it can't be read: hosts are not trusted to hold what we wrote. */
  public static Optional<LeaderRecord> read(String text) {
    try {
      return Optional.of(read(READER.readTree(text)));
    } catch (JsonProcessingException | IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  /**
   * What a tree says.
   *
   * @throws IllegalArgumentException when it is no record
   */
  public static LeaderRecord read(JsonNode node) {
    if (!node.path("epoch").canConvertToLong() || node.path("epoch").longValue() < 0) {
      throw new IllegalArgumentException("\"epoch\" is no number");
    }
    SortedMap<NodeName, String> closed = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : node.path("closed").properties()) {
      closed.put(new NodeName(each.getKey()), each.getValue().asText());
    }
    return new LeaderRecord(
        node.path("epoch").longValue(),
        node.path("operation").asText(),
        new NodeName(node.path("leader").asText()),
        names(node, "voters"),
        node.path("votersVersion").asInt(),
        names(node, "ackers"),
        node.path("acks").asInt(),
        closed,
        names(node, "debts"),
        lowered(node.path("lowered")),
        maintenance(node.path("maintenance")),
        node.path("revision").asInt());
  }

  private static void maintenance(ObjectNode node, Maintenance hands) {
    node.put("operation", hands.operation());
    node.put("by", hands.by());
    node.put("reason", hands.reason());
    if (hands.limitMs().isPresent()) {
      node.put("limitMs", hands.limitMs().getAsLong());
    }
  }

  private static Optional<Lowered> lowered(JsonNode node) {
    return node.isObject()
        ? Optional.of(new Lowered(node.path("acks").asInt(), node.path("by").asText()))
        : Optional.empty();
  }

  private static Optional<Maintenance> maintenance(JsonNode node) {
    if (!node.isObject()) {
      return Optional.empty();
    }
    JsonNode limit = node.path("limitMs");
    return Optional.of(
        new Maintenance(
            node.path("operation").asText(),
            node.path("by").asText(),
            node.path("reason").asText(),
            limit.canConvertToLong() ? OptionalLong.of(limit.longValue()) : OptionalLong.empty()));
  }

  private static void names(ObjectNode node, String field, List<NodeName> names) {
    var array = node.putArray(field);
    names.forEach(name -> array.add(name.value()));
  }

  private static List<NodeName> names(JsonNode node, String field) {
    List<NodeName> names = new ArrayList<>();
    node.path(field).forEach(name -> names.add(new NodeName(name.asText())));
    return names;
  }
}

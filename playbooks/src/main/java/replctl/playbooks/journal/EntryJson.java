package replctl.playbooks.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import replctl.playbooks.plan.PlanJson;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Trouble;

/** Entries as JSON, one line each. */
final class EntryJson {
  private EntryJson() {}

  static ObjectNode write(Entry entry) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("at", entry.at().toString());
    if (entry instanceof Entry.Begun begun) {
      node.put("entry", "begun");
      node.put("way", word(begun.way()));
      node.put("owner", begun.owner());
      node.put("epoch", begun.epoch());
    } else if (entry instanceof Entry.Continued continued) {
      node.put("entry", "continued");
      node.set("plan", PlanJson.write(continued.plan()));
    } else if (entry instanceof Entry.Gap gap) {
      node.put("entry", "gap");
      node.put("written", gap.written());
    } else if (entry instanceof Entry.Intent intent) {
      node.put("entry", "intent");
      node.put("step", intent.step());
      node.put("undo", intent.undo());
    } else if (entry instanceof Entry.Result result) {
      node.put("entry", "result");
      node.put("step", result.step());
      node.put("undo", result.undo());
      write(node, result.answer());
    } else if (entry instanceof Entry.Ended ended) {
      node.put("entry", "ended");
      node.put("ending", word(ended.ending()));
      ended.why().ifPresent(why -> node.put("why", why));
      ArrayNode left = node.putArray("left");
      ended.left().forEach(left::add);
    }
    return node;
  }

  static Entry read(JsonNode node) {
    Instant at = Instant.parse(node.path("at").asText());
    String step = node.path("step").asText();
    boolean undo = node.path("undo").asBoolean();
    return switch (node.path("entry").asText()) {
      case "begun" ->
          new Entry.Begun(
              at,
              Entry.Way.valueOf(constant(node, "way")),
              node.path("owner").asText(),
              node.path("epoch").asLong());
      case "continued" -> new Entry.Continued(at, PlanJson.read(node.path("plan")));
      case "gap" -> new Entry.Gap(at, node.path("written").asBoolean());
      case "intent" -> new Entry.Intent(at, step, undo);
      case "result" -> new Entry.Result(at, step, undo, answer(node));
      case "ended" -> {
        List<String> left = new ArrayList<>();
        node.path("left").forEach(l -> left.add(l.asText()));
        yield new Entry.Ended(
            at,
            Entry.Ending.valueOf(constant(node, "ending")),
            Optional.ofNullable(node.path("why").textValue()),
            left);
      }
      default ->
          throw new IllegalArgumentException(
              "not a journal's entry: " + node.path("entry").asText());
    };
  }

  private static void write(ObjectNode node, Answer answer) {
    node.put(
        "answer",
        answer.isDone() ? "done" : answer instanceof Answer.NotDone ? "not-done" : "unknown");
    if (!answer.isDone()) {
      node.put("trouble", word(answer.kind()));
      node.put("why", answer.words());
    }
    ObjectNode facts = node.putObject("facts");
    answer.facts().byName().forEach(facts::put);
  }

  private static Answer answer(JsonNode node) {
    SortedMap<String, String> byName = new TreeMap<>();
    node.path("facts").properties().forEach(f -> byName.put(f.getKey(), f.getValue().asText()));
    Facts facts = new Facts(byName);
    return switch (node.path("answer").asText()) {
      case "done" -> new Answer.Done(facts);
      case "not-done" ->
          new Answer.NotDone(
              Trouble.valueOf(constant(node, "trouble")), node.path("why").asText(), facts);
      default ->
          new Answer.Unknown(
              Trouble.valueOf(constant(node, "trouble")), node.path("why").asText(), facts);
    };
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String constant(JsonNode node, String field) {
    return node.path(field).asText().toUpperCase(Locale.ROOT);
  }
}

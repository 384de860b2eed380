package replctl.playbooks.plan;

import static replctl.playbooks.plan.ValueJson.number;
import static replctl.playbooks.plan.ValueJson.required;
import static replctl.playbooks.plan.ValueJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import replctl.inventory.NodeName;

/** Whose promise a plan needs, as JSON. */
final class ElectorateJson {
  private ElectorateJson() {}

  static ObjectNode write(Electorate electorate) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("epoch", electorate.epoch());
    node.put("record", electorate.record());
    node.put("first", electorate.first());
    node.put("minority", electorate.minority());
    ArrayNode over = node.putArray("over");
    electorate.over().forEach(over::add);
    ArrayNode hosts = node.putArray("hosts");
    for (Voter host : electorate.hosts()) {
      ObjectNode written = hosts.addObject();
      written.put("name", host.name().value());
      written.set("place", ValueJson.write(host.place()));
      written.put("answers", host.answers());
      written.put("votes", host.votes());
      written.put("mayLead", host.mayLead());
      written.put("stateDirectory", host.state());
    }
    ArrayNode quorums = node.putArray("quorums");
    for (List<NodeName> quorum : electorate.quorums()) {
      ArrayNode names = quorums.addArray();
      quorum.forEach(name -> names.add(name.value()));
    }
    return node;
  }

  static Electorate read(JsonNode node) {
    List<String> over = new ArrayList<>();
    required(node, "over").forEach(op -> over.add(op.asText()));
    List<Voter> hosts = new ArrayList<>();
    for (JsonNode host : required(node, "hosts")) {
      hosts.add(
          new Voter(
              new NodeName(text(host, "name")),
              ValueJson.place(required(host, "place")),
              required(host, "answers").asBoolean(),
              required(host, "votes").asBoolean(),
              required(host, "mayLead").asBoolean(),
              text(host, "stateDirectory")));
    }
    Electorate read =
        new Electorate(
            number(node, "epoch"),
            number(node, "record"),
            required(node, "first").asBoolean(),
            required(node, "minority").asBoolean(),
            over,
            hosts);
    List<List<NodeName>> quorums = new ArrayList<>();
    for (JsonNode quorum : node.path("quorums")) {
      List<NodeName> names = new ArrayList<>();
      quorum.forEach(name -> names.add(new NodeName(name.asText())));
      quorums.add(names);
    }
    // Journals of before voters could change have none.
    return quorums.isEmpty()
        ? read
        : new Electorate(
            read.epoch(),
            read.record(),
            read.first(),
            read.minority(),
            read.over(),
            read.hosts(),
            quorums);
  }
}

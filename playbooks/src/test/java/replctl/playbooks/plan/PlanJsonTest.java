package replctl.playbooks.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PlanJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Provide
  Arbitrary<Plan> plans() {
    return Plans.any();
  }

  @Property(tries = 200)
  void aPlanIsReadBackAsItWasWritten(@ForAll("plans") Plan plan) throws JsonProcessingException {
    String text = PlanJson.write(plan).toString();
    assertThat(text).doesNotContain("\n");
    assertThat(PlanJson.read(JSON.readTree(text))).isEqualTo(plan);
  }

  @Test
  void anotherSchemaIsRefusedInWords() throws JsonProcessingException {
    ObjectNode node = PlanJson.write(Plans.any().sample());
    node.put("schema", 99);
    assertThatThrownBy(() -> PlanJson.read(node))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the plan has schema 99; this replctl reads schema 1");
  }

  @Test
  void whatIsNoPlanIsRefusedInWords() throws JsonProcessingException {
    for (String text : new String[] {"{}", "[]", "3", "{\"kind\":\"Snapshot\"}"}) {
      assertThatThrownBy(() -> PlanJson.read(JSON.readTree(text)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("this is no plan of replctl's");
    }
  }

  @Test
  void aMissingPartIsNamed() throws JsonProcessingException {
    ObjectNode node = PlanJson.write(Plans.any().sample());
    node.remove("basis");
    assertThatThrownBy(() -> PlanJson.read(node)).hasMessage("\"basis\" is missing");
  }

  /** Plan files are edited, cut off and mixed up: read, or refused in words. */
  @Property(tries = 1000)
  void aDamagedPlanIsReadOrRefusedInWords(@ForAll("plans") Plan plan, @ForAll Random random)
      throws JsonProcessingException {
    JsonNode node = PlanJson.write(plan);
    for (int wounds = 1 + random.nextInt(3); wounds > 0; wounds--) {
      wound(node, random);
    }
    try {
      assertThat(PlanJson.read(node)).isNotNull();
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  /** Something in it, at any depth, becomes something else or goes. */
  private static void wound(JsonNode node, Random random) {
    List<JsonNode> holders = new ArrayList<>();
    collect(node, holders);
    JsonNode holder = holders.get(random.nextInt(holders.size()));
    List<JsonNode> others =
        List.of(
            IntNode.valueOf(-1),
            LongNode.valueOf(Long.MAX_VALUE),
            DoubleNode.valueOf(1e300),
            TextNode.valueOf("../x; id"),
            TextNode.valueOf(""),
            NullNode.instance,
            BooleanNode.TRUE,
            JSON.createArrayNode(),
            JSON.createObjectNode());
    JsonNode other = others.get(random.nextInt(others.size())).deepCopy();
    if (holder instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(random.nextInt(names.size()));
      if (random.nextBoolean()) {
        object.remove(name);
      } else {
        object.set(name, other);
      }
    } else if (holder instanceof ArrayNode array) {
      array.set(random.nextInt(array.size()), other);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> holders) {
    if (node.isContainerNode() && !node.isEmpty()) {
      holders.add(node);
    }
    node.forEach(inner -> collect(inner, holders));
  }
}

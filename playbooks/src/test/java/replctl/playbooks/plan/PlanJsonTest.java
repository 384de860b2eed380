package replctl.playbooks.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
}

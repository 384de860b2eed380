package replctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DocTest {
  private static final Doc DOC =
      Doc.of("Sample")
          .put("at", Instant.parse("2026-11-24T10:00:00Z"))
          .put("lagBytes", OptionalLong.empty())
          .seconds("lagSeconds", Optional.of(Duration.ofMillis(1400)))
          .put("writable", true)
          .put("name", "no")
          .put("empty", List.of())
          .put("none", Map.of())
          .put("nodes", List.of(Doc.part().put("name", "pg1").put("lag", 0), Doc.part()))
          .put("texts", List.of("a b", "x: y"))
          .put("part", Doc.part().put("inner", "é\u001b\u202e\n"));

  @Test
  void writesJson() {
    assertThat(Json.of(DOC))
        .isEqualTo(
            """
            {
              "apiVersion": "replctl/v1",
              "kind": "Sample",
              "at": "2026-11-24T10:00:00Z",
              "lagBytes": null,
              "lagSeconds": 1.4,
              "writable": true,
              "name": "no",
              "empty": [],
              "none": {},
              "nodes": [
                {
                  "name": "pg1",
                  "lag": 0
                },
                {}
              ],
              "texts": [
                "a b",
                "x: y"
              ],
              "part": {
                "inner": "é\\u001b\\u202e\\n"
              }
            }
            """);
  }

  @Test
  void writesYaml() {
    assertThat(Yaml.of(DOC))
        .isEqualTo(
            """
            apiVersion: replctl/v1
            kind: Sample
            at: "2026-11-24T10:00:00Z"
            lagBytes: null
            lagSeconds: 1.4
            writable: true
            name: "no"
            empty: []
            none: {}
            nodes:
            - name: pg1
              lag: 0
            - {}
            texts:
            - a b
            - "x: y"
            part:
              inner: "é\\u001b\\u202e\\n"
            """);
  }

  @Property
  void othersReadTheSameText(@ForAll String text) throws Exception {
    Doc doc = Doc.part().put("text", text).put("list", List.of(text));

    JsonNode json = new JsonMapper().readTree(Json.of(doc));
    JsonNode yaml = new YAMLMapper().readTree(Yaml.of(doc));

    assertThat(json.get("text").textValue()).isEqualTo(text);
    assertThat(yaml.get("text").textValue()).isEqualTo(text);
    assertThat(yaml.get("list").get(0).textValue()).isEqualTo(text);
  }
}

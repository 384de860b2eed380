package replctl.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InventorySchemaTest {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(InventorySchema.json());

  private static final List<Form<?>> FORMS =
      List.of(
          new AccountForm("a user", 32),
          new AgentNameForm(),
          new ClusterNameForm(),
          new DurationForm(),
          new HostForm(),
          new HostPathForm(),
          new MaxLossForm(),
          new NodeNameForm(),
          new RegionForm(),
          new ServiceForm(),
          new SizeForm());

  @Test
  void itIsJsonOfTheDraftThatItNames() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(InventorySchema.json());

    assertThat(schema.get("$schema").asText())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    JsonSchema meta =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                com.networknt.schema.SchemaLocation.of(
                    "https://json-schema.org/draft/2020-12/schema"));
    assertThat(meta.validate(schema)).isEmpty();
  }

  /** Each key of the reader's tables, as {@code section.key}. */
  @Test
  void readerAndSchemaKnowTheSameKeys() {
    Set<String> read = new TreeSet<>();
    collect(ClusterKeys.FILE.shape(), read);
    Set<String> described = new TreeSet<>();
    JsonNode definitions = InventorySchema.tree().get("$defs");
    definitions
        .fieldNames()
        .forEachRemaining(
            section ->
                definitions
                    .get(section)
                    .get("properties")
                    .fieldNames()
                    .forEachRemaining(key -> described.add(section + "." + key)));

    assertThat(described).isEqualTo(read).contains("node.fence", "ssh.jump", "secret.env");
  }

  /** Against the reader itself, and not its tables: no key of the schema is unknown to it. */
  @Test
  void theReaderKnowsEachKeyOfTheSchema() {
    JsonNode definitions = InventorySchema.tree().get("$defs");
    Map<String, String> frames =
        Map.of(
            "cluster", "clusters: {a: {%s: x}}",
            "ssh", "clusters: {a: {ssh: {%s: x}}}",
            "database", "clusters: {a: {database: {%s: x}}}",
            "tls", "clusters: {a: {database: {tls: {%s: x}}}}",
            "replication", "clusters: {a: {replication: {%s: x}}}",
            "fencing", "clusters: {a: {fencing: {%s: x}}}",
            "limits", "clusters: {a: {limits: {%s: x}}}",
            "node", "clusters: {a: {nodes: {n: {%s: x}}}}",
            "witness", "clusters: {a: {witnesses: {n: {%s: x}}}}");
    List<String> unknown = new ArrayList<>();
    frames.forEach(
        (section, frame) -> {
          Iterator<String> keys = definitions.get(section).get("properties").fieldNames();
          while (keys.hasNext()) {
            String text = frame.formatted(keys.next());
            Marked.text(text).read().errors().stream()
                .filter(problem -> problem.message().startsWith("unknown key"))
                .forEach(problem -> unknown.add(problem.toString()));
          }
        });

    assertThat(unknown).isEmpty();
    assertThat(Marked.text("clusters: {a: {limits: {nonsense: x}}}").read().errors())
        .anyMatch(problem -> problem.message().startsWith("unknown key"));
  }

  @Test
  void eachKeyIsDescribed() {
    InventorySchema.tree()
        .get("$defs")
        .forEach(
            section ->
                section
                    .get("properties")
                    .forEach(key -> assertThat(key.get("description").asText()).endsWith(".")));
  }

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("examples"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anotherValidatorTakesTheExamples(Path example) throws IOException {
    assertThat(validate(Files.readString(example))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version: 2\nclusters: {a: {engine: mysql, nodes: {n: {host: h}}}}",
        "version: 1\nclusters: {}",
        "version: 1\nclusters: {A: {engine: mysql, nodes: {n: {host: h}}}}",
        "version: 1\nclusters: {a: {engine: oracle, nodes: {n: {host: h}}}}",
        "version: 1\nclusters: {a: {engine: mysql, nodes: {n: {}}}}",
        "version: 1\nclusters: {a: {engine: mysql, fencng: {}, nodes: {n: {host: h}}}}",
        "version: 1\nclusters: {a: {engine: mysql, nodes: {n: {host: -oProxyCommand}}}}",
        "version: 1\nclusters: {a: {engine: mysql, nodes: {n: {host: h, priority: 101}}}}",
        "version: 1\nclusters: {a: {engine: mysql, nodes: {n: {host: h, fence: []}}}}",
        "version: 1\nclusters: {a: {engine: mysql, database: {password: {fil: x}}, nodes: {n: {host:"
            + " h}}}}",
        "version: 1\nclusters: {a: {engine: mysql, limits: {max_loss: none}, nodes: {n: {host: h}}}}"
      })
  void anotherValidatorRefusesWhatTheReaderRefuses(String text) throws IOException {
    assertThat(validate(text)).isNotEmpty();
    assertThat(Marked.text(text).read().errors()).isNotEmpty();
  }

  /** An editor must not mark as wrong what the reader takes. */
  @Property(tries = 3000)
  void eachGoodTextMatchesItsPattern(@ForAll("forms") Form<?> form, @ForAll("texts") String text) {
    if (form.parse(text) instanceof Parsed.Good) {
      assertThat(text).as(form.what()).containsPattern(form.pattern());
    }
  }

  @Provide
  Arbitrary<Form<?>> forms() {
    return Arbitraries.of(FORMS);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> good =
        Arbitraries.of(
            "dba",
            "fence_ipmilan",
            "shop",
            "30s",
            "5 min",
            "h",
            "::1",
            "[::1]",
            "fe80::1%eth0",
            "10.0.0.1",
            "/srv/pg",
            "/srv/my data",
            "0",
            "any",
            "1MiB",
            "5 GB",
            "us-east",
            "a@b-1",
            "a\\x2d",
            "postgresql@17-main.service");
    Arbitrary<String> near = Arbitraries.strings().withChars("ab01:.@-_/ %[]\\sMBi").ofMaxLength(8);
    return Arbitraries.oneOf(good, near, Arbitraries.strings().ofMaxLength(4));
  }

  private static void collect(Shape shape, Set<String> keys) {
    if (shape instanceof Shape.Known known) {
      for (Key<?> key : known.keys()) {
        keys.add(known.name() + "." + key.name());
        collect(key.type().shape(), keys);
      }
      known.others().ifPresent(other -> collect(other, keys));
    } else if (shape instanceof Shape.MapOf map) {
      collect(map.value(), keys);
    } else if (shape instanceof Shape.ListOf list) {
      collect(list.item(), keys);
    } else if (shape instanceof Shape.AnyOf any) {
      any.choices().forEach(choice -> collect(choice, keys));
    }
  }

  private static Set<ValidationMessage> validate(String yaml) throws IOException {
    return SCHEMA.validate(new YAMLMapper().readTree(yaml));
  }
}

package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.inventory.Replication;
import replctl.playbooks.sim.SimWorld;

/** Two roots of facts for one thing drift: every script has its twin, and every twin its script. */
class ScriptTwinsTest {
  private static final Path SCRIPTS = Path.of("src/main/resources/replctl/playbooks/script");

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "operator", "guard", "fence", "redirect", "voter"})
  void everyScriptHasATwinAndEveryTwinAScript(String folder) throws IOException {
    PostgresTwins twins = new PostgresTwins();
    twins.on(new PostgresNet(new SimWorld(1, false, twins::of)));
    Set<String> scripts = scripts(folder);
    if (folder.equals("postgresql")) {
      scripts.addAll(scripts("every"));
    }
    assertThat(twins.of(folder).keySet()).isEqualTo(scripts);
  }

  private static Set<String> scripts(String folder) throws IOException {
    try (Stream<Path> files = Files.list(SCRIPTS.resolve(folder))) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".sh") && !f.equals("lib.sh"))
          .map(f -> f.substring(0, f.length() - ".sh".length()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ASYNC", "SEMI_SYNC", "SYNC"})
  void aSceneBeginsInOrder(Replication.Mode mode) {
    PostgresScene scene = PostgresScene.running(3, false, 3, PostgresScene.mode(mode, 1));
    assertThat(scene.server("pg2").follows(scene.server("pg1"))).isTrue();
    assertThat(scene.server("pg3").slotIsActive("replctl_pg3")).isFalse();
    assertThat(scene.server("pg1").slotIsActive("replctl_pg3")).isTrue();
  }
}

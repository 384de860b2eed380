package replctl.playbooks.sim.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.inventory.Replication;
import replctl.playbooks.sim.SimWorld;

/** Two roots of facts for one thing drift: every script has its twin, and every twin its script. */
class ScriptTwinsTest {
  private static final Path SCRIPTS = Path.of("src/main/resources/replctl/playbooks/script");

  private static MysqlTwins twins() {
    MysqlTwins twins = new MysqlTwins();
    twins.on(new MysqlNet(new SimWorld(1, false, twins::of)));
    return twins;
  }

  @Test
  void everyScriptHasATwinAndEveryTwinAScript() throws IOException {
    Set<String> scripts = scripts("mysql");
    scripts.addAll(scripts("every"));
    assertThat(twins().of("mysql").keySet()).isEqualTo(scripts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"operator", "guard", "fence", "redirect", "voter"})
  void andSoHaveThoseThatEveryEngineUses(String folder) throws IOException {
    assertThat(twins().of(folder).keySet()).isEqualTo(scripts(folder));
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
  @EnumSource(Replication.Mode.class)
  void aSceneBeginsInOrder(Replication.Mode mode) {
    MysqlScene scene = MysqlScene.running(3, false, 3, MysqlScene.mode(mode, 1));
    assertThat(scene.server("my2").follows(scene.first())).isTrue();
    assertThat(scene.server("my3").follows(scene.first())).isTrue();
    assertThat(scene.wrongUnder(scene.first())).isEmpty();
    int before = scene.world().clients().acknowledged();
    scene.world().time().pass(300_000_000L);
    assertThat(scene.world().clients().acknowledged()).isGreaterThan(before);
  }
}

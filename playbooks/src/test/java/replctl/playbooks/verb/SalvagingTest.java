package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.Cluster;
import replctl.inventory.Fencing;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Loss;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.mysql.MysqlEngine;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.snapshot.Gap;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.world.Trouble;

/** The disk of a lost leader, pg1, is asked where its own host has stopped its server. */
class SalvagingTest {
  private static final NodeName OLD = new NodeName("pg1");
  private static final NodeName TO = new NodeName("pg2");

  @ParameterizedTest
  @CsvSource({
    // the engine, whether its host answers, how it is closed; what would be lost; whether too much;
    // the step's meaning, its seconds, and whether a loss is said
    "mysql, yes, stopped, UNKNOWN, yes, STOP, 600, no",
    "mysql, yes, stopped, UNKNOWN, no, TRY, 600, no",
    "mysql, yes, stopped, NOT_RECEIVED, yes, STOP, 600, no",
    // Nobody was told of it: only a copy is spared.
    "mysql, yes, stopped, NONE, no, TRY, 10, no",
    "mysql, yes, power, UNKNOWN, no, , , yes",
    "mysql, no, stopped, UNKNOWN, no, , , yes",
    "mysql, no, power, NONE, no, , , no",
    "postgresql, yes, stopped, UNKNOWN, no, , , no",
  })
  void itIsAskedAsLongAsWhatItHasIsWorth(
      String engine,
      String answers,
      String closed,
      Loss.Kind kind,
      String tooMuch,
      Step.OnFailure meaning,
      Integer seconds,
      String said) {
    Salvaging salvaging = salvaging(engine, answers.equals("yes"));
    Map<NodeName, String> how = Map.of(OLD, closed);
    Loss loss = new Loss(kind, Optional.empty(), Gap.UNKNOWN, "");
    Optional<List<String>> ways =
        tooMuch.equals("yes") ? Optional.of(List.of("a way out")) : Optional.empty();

    List<Step> steps = salvaging.steps(how, TO, TO, loss, ways);

    assertThat(steps).hasSize(meaning == null ? 0 : 2);
    assertThat(steps).allMatch(step -> step.onFailure() == meaning);
    if (meaning != null) {
      assertThat(steps.get(0).limit()).hasSeconds(seconds);
      assertThat(((Action.Carry) steps.get(0).action()).otherwise())
          .isEqualTo(ways.orElse(List.of()));
    }
    assertThat(salvaging.warnings(how, loss)).hasSize(said.equals("yes") ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    // the engine, whether its host answers, how its server is, what proof is accepted; whether
    // its disk may be asked
    "mysql, yes, STOPPED, STOPPED, true",
    "mysql, yes, HUNG, STOPPED, true",
    "mysql, yes, ABSENT, STOPPED, false",
    "mysql, yes, STOPPED, POWER, false",
    "mysql, no, UNKNOWN, STOPPED, false",
    "postgresql, yes, STOPPED, STOPPED, false",
  })
  void whatItHasIsSaidBeforeItIsClosed(
      String engine, String answers, Presence presence, Fencing.Strength accepted, boolean hoped) {
    Scene scene = Scene.healthy().presence("pg1", presence);
    Salvaging salvaging = salvaging(engine, answers.equals("yes"), scene, accepted);

    assertThat(salvaging.isHopedFor()).isEqualTo(hoped);
    assertThat(salvaging.hopes()).hasSize(hoped ? 1 : 0);
  }

  private static Salvaging salvaging(String engine, boolean answers) {
    Scene stopped = Scene.healthy().presence("pg1", Presence.STOPPED);
    return salvaging(engine, answers, stopped, Fencing.Strength.STOPPED);
  }

  private static Salvaging salvaging(
      String name, boolean answers, Scene scene, Fencing.Strength accepted) {
    Engine engine = name.equals("mysql") ? new MysqlEngine() : new PostgresqlEngine();
    Scene seen = answers ? scene : scene.silent("pg1", new Contact(Trouble.SILENT, "no"));
    Cluster as = seen.cluster();
    Cluster cluster =
        new Cluster(
            as.name(),
            as.engine(),
            as.replication(),
            new Fencing(Set.of(accepted)),
            as.limits(),
            as.nodes(),
            as.witnesses());
    return new Salvaging(engine, new Site(cluster, seen.seen()), OLD);
  }
}

package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.ParameterWish;
import replctl.playbooks.engine.mysql.MysqlEngine;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Unready;
import replctl.playbooks.verb.RestartOptions.OfLeader;
import replctl.playbooks.world.Value;

/** Which parameters are changed, in which order, and when not. */
class SetParametersTest {
  private static final List<String> NODES = List.of("pg1", "pg2", "pg3");

  /** Facts of a parameter that runs with one value, and would with another. */
  private static Map<String, String> facts(String name, String runs, String would, boolean start) {
    Map<String, String> facts = new HashMap<>();
    String prefix = "parameter." + name + ".";
    facts.put(prefix + "raw", runs);
    facts.put(prefix + "value", runs);
    facts.put(prefix + "after", runs);
    facts.put(prefix + "would", would);
    facts.put(prefix + "text", would);
    facts.put(prefix + "at_start", start ? "yes" : "no");
    facts.put(prefix + "stays", start ? "yes" : "no");
    return facts;
  }

  private static Scene all(Map<String, String> facts) {
    Scene scene = Scene.healthy();
    for (String node : NODES) {
      scene = scene.facts(node, facts);
    }
    return scene;
  }

  private static ParameterOptions typed(Optional<OfLeader> restart, String... wishes) {
    return new ParameterOptions(
        Arrays.stream(wishes).map(ParameterWish::of).toList(),
        List.of(),
        List.of(),
        Set.of(),
        restart,
        Optional.empty());
  }

  private static Decision decide(Engine engine, Scene scene, ParameterOptions options) {
    return new SetParameters(engine)
        .decide(scene.cluster(), scene.seen(), Unready.NOTHING, "op-1", options);
  }

  private static Plan plan(Scene scene, ParameterOptions options) {
    Decision decision = decide(new PostgresqlEngine(), scene, options);
    assertThat(decision).isInstanceOf(Decision.Planned.class);
    return ((Decision.Planned) decision).plan();
  }

  private static Refusal no(Engine engine, Scene scene, ParameterOptions options) {
    Decision decision = decide(engine, scene, options);
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).refusal();
  }

  private static List<String> names(Plan plan) {
    return plan.steps().map(Step::name).toList();
  }

  @Test
  void whatTakesHoldAtOnceIsWrittenSideBySide() {
    Plan plan =
        plan(
            all(facts("work_mem", "4096", "65536", false)),
            typed(Optional.empty(), "work_mem=64MB"));
    assertThat(names(plan)).containsExactlyInAnyOrder("write-pg1", "write-pg2", "write-pg3");
    assertThat(plan.phases()).hasSize(1);
    assertThat(plan.phases().get(0).lanes()).hasSize(3);
    assertThat(plan.steps()).allMatch(s -> s.undo().isPresent());
    assertThat(plan.warnings()).isEmpty();
  }

  @Test
  void whereItIsSoAlreadyThereIsNothingToDo() {
    assertThat(
            plan(
                    all(facts("work_mem", "65536", "65536", false)),
                    typed(Optional.empty(), "work_mem=64MB"))
                .isEmpty())
        .isTrue();
  }

  @Test
  void whatNeedsAStartWaitsAndSaysSo() {
    Plan plan =
        plan(
            all(facts("shared_buffers", "16384", "32768", true)),
            typed(Optional.empty(), "shared_buffers=256MB"));
    assertThat(names(plan)).containsExactlyInAnyOrder("write-pg1", "write-pg2", "write-pg3");
    assertThat(plan.warnings()).anyMatch(w -> w.contains("replctl restart --rolling"));
  }

  @Test
  void raisedItIsWrittenRightBeforeEachRestartAndTheLeaderComesLast() {
    Scene scene = all(facts("max_connections", "100", "200", true));
    assertThat(names(plan(scene, typed(Optional.of(OfLeader.IN_PLACE), "max_connections=200"))))
        .containsExactly(
            "write-pg2",
            "restart-pg2",
            "caught-up-pg2",
            "write-pg3",
            "restart-pg3",
            "caught-up-pg3",
            "write-pg1",
            "restart-pg1",
            "again-pg2",
            "again-pg3");
    Plan handsOver = plan(scene, typed(Optional.of(OfLeader.SWITCHOVER), "max_connections=200"));
    assertThat(names(handsOver)).endsWith("write-pg1").doesNotContain("restart-pg1");
    assertThat(handsOver.sequel()).isPresent();
    assertThat(handsOver.verb()).isEqualTo("parameter");
  }

  @Test
  void loweredTheLeaderComesFirstAndFollowersWhenTheyHaveAppliedThat() {
    Scene scene = all(facts("max_connections", "100", "50", true));
    assertThat(names(plan(scene, typed(Optional.of(OfLeader.IN_PLACE), "max_connections=50"))))
        .containsExactly(
            "write-pg1",
            "restart-pg1",
            "again-pg2",
            "again-pg3",
            "applied-pg2",
            "write-pg2",
            "restart-pg2",
            "caught-up-pg2",
            "applied-pg3",
            "write-pg3",
            "restart-pg3",
            "caught-up-pg3");
    assertThat(no(new PostgresqlEngine(), scene, typed(Optional.empty(), "max_connections=50")))
        .extracting(Refusal::found)
        .asString()
        .contains("would become smaller");
    assertThat(
            no(
                    new PostgresqlEngine(),
                    scene,
                    typed(Optional.of(OfLeader.SWITCHOVER), "max_connections=50"))
                .next())
        .anyMatch(n -> n.contains("--leader in-place"));
  }

  @Test
  void aFollowerIsNotLeftWithLessThanItsLeader() {
    Scene scene = all(facts("max_connections", "100", "200", true));
    ParameterOptions without =
        new ParameterOptions(
            List.of(ParameterWish.of("max_connections=200")),
            List.of(),
            List.of(new NodeName("pg3")),
            Set.of(),
            Optional.of(OfLeader.IN_PLACE),
            Optional.empty());
    assertThat(no(new PostgresqlEngine(), scene, without).found())
        .contains("pg3 would have max_connections = 100", "its leader pg1 200");
  }

  @Test
  void aRestartThatDoesNotComeUpPutsBackWhatWasWritten() {
    Map<String, String> facts = facts("max_connections", "100", "200", true);
    facts.put("parameter.max_connections.written", "100");
    Plan plan = plan(all(facts), typed(Optional.of(OfLeader.IN_PLACE), "max_connections=200"));
    assertThat(plan.steps().filter(s -> s.name().startsWith("restart-")))
        .hasSize(3)
        .allMatch(
            s ->
                s.undo()
                    .orElseThrow()
                    .values()
                    .get("back")
                    .equals(Value.of("max_connections=100")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "primary_conninfo=x|whom a node follows",
        "synchronous_commit=off|replctl sync",
        "port=1|the inventory's database",
        "wal_level=minimal|replctl init",
        "fsync=off|--weaken fsync",
        "archive_command=curl http://u:pw@h/|password",
      })
  void whatIsNotChangedSoIsRefused(String wish, String words) {
    refused(new PostgresqlEngine(), wish, words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "super_read_only=OFF|replctl open",
        "skip_replica_start=OFF|replctl init",
        "rpl_semi_sync_source_enabled=OFF|replctl sync",
        "sync_binlog=0|power cut",
        "gtid_mode=OFF|replctl init",
        "innodb_doublewrite=OFF|--weaken innodb_doublewrite",
      })
  void whatIsNotChangedSoIsRefusedOfMysqlToo(String wish, String words) {
    refused(new MysqlEngine(), wish, words);
  }

  private static void refused(Engine engine, String wish, String words) {
    ParameterWish of = ParameterWish.of(wish);
    Refusal no =
        no(
            engine,
            all(facts(of.name(), "1", of.value().orElseThrow(), false)),
            typed(Optional.empty(), wish));
    assertThat(no.code()).isEqualTo(Refusal.Code.E_PARAMETER_01);
    assertThat(no.found() + " " + no.next()).contains(words);
  }

  @Test
  void whatTheServerSaysAgainstItIsSaid() {
    Map<String, String> facts = facts("work_mem", "4096", "", false);
    facts.put("parameter.work_mem.says", "invalid value");
    assertThat(
            no(new PostgresqlEngine(), all(facts), typed(Optional.empty(), "work_mem=x")).found())
        .contains("does not take work_mem = x: invalid value");
  }

  @Test
  void aNameThatNoServerHasGetsTheNearest() {
    assertThat(
            no(
                    new PostgresqlEngine(),
                    all(Map.of("parameter.names", "wal_level work_mem")),
                    typed(Optional.empty(), "wrok_mem=1"))
                .found())
        .contains("no parameter wrok_mem", "Did you mean work_mem?");
  }
}

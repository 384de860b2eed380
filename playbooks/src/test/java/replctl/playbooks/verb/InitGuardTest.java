package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Drift;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.postgresql.PostgresqlSetup;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.setup.PlanText;
import replctl.playbooks.setup.SetupScene;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Value;

/** How init puts start guards in their place. */
class InitGuardTest {
  private static final String RULES =
      "dba ALL=(root) NOPASSWD: /usr/bin/install -D -m 0755 /dev/stdin"
          + " /usr/local/lib/replctl/guard; dba ALL=(root) NOPASSWD: /usr/bin/install -D -m 0644"
          + " /dev/stdin /etc/systemd/system/postgresql@17-main.service.d/replctl-guard.conf";
  private static final String UNIT = "[Service]\nExecStartPre=+guard\n";
  private final Init init = new Init(new PostgresqlSetup());

  static SetupScene scene() {
    SetupScene scene = SetupScene.adopted();
    for (String node : List.of("pg1", "pg2", "pg3")) {
      scene
          .fact(node, "script_user", "postgres")
          .fact(node, "guard.program", "missing")
          .fact(node, "guard.hosts", "ssh-ed25519 HOST" + node)
          .fact(node, "guard.script", "missing")
          .fact(node, "guard.unit", "other")
          .fact(node, "guard.unit_wants", UNIT)
          .fact(node, "guard.loaded", "no")
          .fact(node, "guard.permitted", "yes");
    }
    return scene;
  }

  /** As a look finds it after that plan. */
  static SetupScene guarded() {
    SetupScene scene = scene();
    for (String node : List.of("pg1", "pg2", "pg3")) {
      scene
          .fact(node, "guard.public", "ssh-ed25519 KEY" + node)
          .fact(node, "guard.program", "same")
          .fact(node, "guard.script", "same")
          .fact(node, "guard.unit", "same")
          .fact(node, "guard.unit_has", UNIT)
          .fact(node, "guard.loaded", "yes")
          .fact(node, "guard.conf", conf(node))
          .fact(node, "guard.known", others(node, p -> p + " ssh-ed25519 HOST" + p))
          .fact(
              node,
              "guard.authorized",
              others(
                  node,
                  p ->
                      "restrict,command=\"/var/lib/postgresql/.replctl/shop/"
                          + node
                          + "/guard/program answer /var/lib/postgresql/.replctl/shop/"
                          + node
                          + "\" ssh-ed25519 KEY"
                          + p
                          + " replctl-guard-"
                          + p))
          .fact(node, "guard.reached", others(node, p -> p).replace('\n', ' '));
    }
    return scene;
  }

  private static String others(String node, UnaryOperator<String> line) {
    return List.of("pg1", "pg2", "pg3").stream()
        .filter(p -> !p.equals(node))
        .map(line)
        .collect(Collectors.joining("\n"));
  }

  private static String conf(String node) {
    return "replctl-guard 1\ncluster shop\nnode "
        + node
        + "\nengine postgresql\nbin /usr/lib/postgresql/17/bin\ndata"
        + " /var/lib/postgresql/17/main\nport 5432\nsocket /var/run/postgresql\n"
        + others(node, p -> "peer " + p + " postgres 22 10.0.0." + p.substring(2))
        + "\nend";
  }

  private String decide(SetupScene scene, SetupGoal.Policy policy, String... without) {
    Init.Options options =
        new Init.Options(List.of(without).stream().map(NodeName::new).toList(), policy);
    return PlanText.of(init.decide("op-1", scene.site(), options));
  }

  @Test
  void placesThemBeforeEveryServerAndAsksOnce() {
    assertThat(decide(scene(), SetupGoal.Policy.CAUTIOUS))
        .contains(
            """
            every start guard has a key
              | pg1 guard-key-pg1
              | pg2 guard-key-pg2
              | pg3 guard-key-pg3
            start guards know their peers
              | pg1 guard-peers-pg1
              | pg2 guard-peers-pg2
              | pg3 guard-peers-pg3
            """,
            """
            start guards stand before the servers
              | pg1 guard-pg1
              | pg2 guard-pg2
              | pg3 guard-pg3
            start guards get answers
              | pg1 guard-reach-pg1
              | pg2 guard-reach-pg2
              | pg3 guard-reach-pg3
            """);
  }

  @Test
  void leavesThoseThatAreThere() {
    assertThat(decide(guarded(), SetupGoal.Policy.CAUTIOUS)).doesNotContain("guard");
    assertThat(drift(guarded(), "pg2")).noneMatch(d -> d.contains("guard"));
  }

  @Test
  void showsWhatDiffers() {
    SetupScene scene =
        guarded()
            .fact("pg2", "guard.unit_has", UNIT + "Nice=1\n")
            .fact("pg2", "guard.unit", "other")
            .fact("pg2", "guard.script", "other");
    assertThat(drift(scene, "pg2"))
        .contains(
            "/usr/local/lib/replctl/guard: is another, or not root's",
            "/etc/systemd/system/postgresql@17-main.service.d/replctl-guard.conf: - Nice=1");
    assertThat(decide(scene, SetupGoal.Policy.CAUTIOUS))
        .contains("start guards stand before the servers\n  pg2 guard-pg2\n")
        .doesNotContain("guard-pg1");
  }

  private List<String> drift(SetupScene scene, String node) {
    List<Drift> drift = init.drift(scene.site(), Init.Options.USUAL).get(new NodeName(node));
    return drift.stream().map(d -> d.what() + ": " + d.change()).toList();
  }

  @Test
  void refusesWhereItMayNotPlaceThemAndSaysBothWays() {
    SetupScene scene =
        scene().fact("pg2", "guard.permitted", "no").fact("pg2", "guard.rules", RULES);
    String refusal = decide(scene, SetupGoal.Policy.CAUTIOUS);
    assertThat(refusal)
        .startsWith(
            "E-RIGHTS-01 the start guard can't be placed on pg2: without it, a leader that comes"
                + " back is writable by itself.\n"
                + "-> on pg2, in /etc/sudoers.d, as good as root (README, What to grant):\n"
                + "-> dba ALL=(root) NOPASSWD: /usr/bin/install -D -m 0755 /dev/stdin"
                + " /usr/local/lib/replctl/guard\n"
                + "-> dba ALL=(root) NOPASSWD: /usr/bin/install -D -m 0644 /dev/stdin"
                + " /etc/systemd/system/postgresql@17-main.service.d/replctl-guard.conf\n"
                + "-> or by hand: replctl init --without-guard, then as root on pg2: install -D -m"
                + " 0755 /var/lib/postgresql/.replctl/shop/pg2/guard/program"
                + " /usr/local/lib/replctl/guard; ");
    // Placed by hand, it need not be granted.
    assertThat(
            decide(
                guarded().fact("pg2", "guard.permitted", "no").fact("pg2", "guard.rules", RULES),
                SetupGoal.Policy.CAUTIOUS))
        .doesNotContain("guard");
  }

  /** Found out before anything is done, and not when the server is to start. */
  @Test
  void refusesWhereItMayNotStartAServer() {
    String lacks = "dba ALL=(root) NOPASSWD: /usr/bin/systemctl VERB, of which these lack: mask x";
    assertThat(
            decide(
                scene().fact("pg2", "unit.lacks", lacks),
                new SetupGoal.Policy(false, false, false, true)))
        .isEqualTo(
            "E-RIGHTS-01 on pg2, sudo does not grant what starts and stops its server.\n"
                + "-> on pg2, in /etc/sudoers.d (README, What an operator must grant):\n"
                + "-> "
                + lacks);
  }

  @Test
  void goesOnWithoutWhereThatIsTyped() {
    SetupScene scene =
        scene().fact("pg2", "guard.permitted", "no").fact("pg2", "guard.rules", RULES);
    assertThat(decide(scene, new SetupGoal.Policy(false, false, false, true)))
        .startsWith("! no start guard, as asked: where there is none yet, a leader that comes back")
        .contains("pg2 guard-peers-pg2", "pg2 guard-reach-pg2")
        .doesNotContain("guard-pg");
  }

  @Test
  void saysWhereThereCanBeNone() {
    SetupScene scene = scene().without("pg3", "service").fact("pg3", "systemd", "no");
    assertThat(decide(scene, SetupGoal.Policy.CAUTIOUS))
        .startsWith("! pg3 has no start guard, for want of a unit of systemd's")
        .contains("pg3 guard-peers-pg3")
        .doesNotContain("pg3 guard-pg3");
  }

  @Test
  void asksNobodyWhereANodeIsAlone() {
    SetupScene scene = scene();
    scene.declare(local(scene.declared("pg2")));
    scene.declare(local(scene.declared("pg3")));
    assertThat(decide(scene, SetupGoal.Policy.CAUTIOUS)).doesNotContain("guard");
  }

  private static Node local(Node node) {
    return new Node(
        node.name(),
        node.host(),
        node.region(),
        node.leader(),
        node.priority(),
        node.mayLead(),
        node.cascadeFrom(),
        node.delay(),
        Node.Connection.LOCAL,
        node.ssh(),
        node.database(),
        node.layout(),
        node.fence());
  }

  /** A witness that answers, with an account, a folder and a port of its own. */
  static SetupScene withWitness(SetupScene scene) {
    return scene
        .witness("w1", new EpochFile.None())
        .says("w1", "script_user", "vera")
        .says("w1", "state_directory", "/home/vera/.replctl/shop/w1")
        .says("w1", "guard.hosts", "ssh-ed25519 HOSTw1")
        .says("w1", "guard.program", "missing");
  }

  static SetupScene guardedWithWitness() {
    SetupScene scene = withWitness(guarded());
    List<String> nodes = List.of("pg1", "pg2", "pg3");
    for (String node : nodes) {
      scene
          .fact(node, "guard.conf", conf(node).replace("\nend", "\nwitness w1 vera 22 w1\nend"))
          .fact(
              node,
              "guard.known",
              others(node, p -> p + " ssh-ed25519 HOST" + p) + "\nw1 ssh-ed25519 HOSTw1")
          .fact(node, "guard.reached", others(node, p -> p).replace('\n', ' ') + " w1");
    }
    return scene
        .says("w1", "guard.program", "same")
        .says("w1", "guard.conf", "replctl-guard 1\ncluster shop\nnode w1\nengine none\nend")
        .says(
            "w1",
            "guard.authorized",
            nodes.stream()
                .map(
                    n ->
                        "restrict,command=\"/home/vera/.replctl/shop/w1/guard/program answer"
                            + " /home/vera/.replctl/shop/w1\" ssh-ed25519 KEY"
                            + n
                            + " replctl-guard-"
                            + n)
                .collect(Collectors.joining("\n")));
  }

  @Test
  void letsEveryGuardAskTheWitness() {
    SetupScene scene = withWitness(guarded());
    assertThat(decide(scene, SetupGoal.Policy.CAUTIOUS))
        .contains(
            """
            start guards know their peers
              | pg1 guard-peers-pg1
              | pg2 guard-peers-pg2
              | pg3 guard-peers-pg3
              | w1 guard-peers-w1
            """,
            """
            start guards get answers
              | pg1 guard-reach-pg1
              | pg2 guard-reach-pg2
              | pg3 guard-reach-pg3
            """)
        .doesNotContain("!", "guard-key");
    Step step = step(scene, "guard-peers-w1");
    assertThat(step.on()).isEqualTo(new Place.Witness(new NodeName("w1")));
    assertThat(values(step))
        .containsEntry(
            "conf", Value.of("replctl-guard 1\ncluster shop\nnode w1\nengine none\nend\n"))
        .containsEntry("state_directory", Value.of("/home/vera/.replctl/shop/w1"))
        .containsEntry("askers", Value.of("pg1 pg2 pg3"))
        .containsEntry("public.pg2", Value.of("ssh-ed25519 KEYpg2"))
        .containsEntry("peers", Value.of(""))
        .doesNotContainKey("hosts.pg1");
    assertThat(values(step(scene, "guard-peers-pg1")))
        .containsEntry("peers", Value.of("pg2 pg3 w1"))
        .containsEntry("hosts.w1", Value.of("ssh-ed25519 HOSTw1"))
        .containsEntry("askers", Value.of("pg2 pg3"))
        .doesNotContainKey("public.w1");
    assertThat(drift(scene, "w1"))
        .anyMatch(d -> d.startsWith("authorized_keys: + restrict,command="))
        .anyMatch(d -> d.startsWith("guard/conf: + replctl-guard 1"));
  }

  @Test
  void leavesAWitnessThatAnswersThemAlready() {
    SetupScene scene = guardedWithWitness();
    assertThat(decide(scene, SetupGoal.Policy.CAUTIOUS)).doesNotContain("guard");
    assertThat(drift(scene, "w1")).isEmpty();
    assertThat(drift(scene, "pg2")).noneMatch(d -> d.contains("guard"));
  }

  /** One node and a witness are two voters: the other's word is needed there too. */
  @Test
  void asksAWitnessWhereANodeIsAloneBesideIt() {
    SetupScene scene = withWitness(guarded());
    scene.declare(local(scene.declared("pg2")));
    scene.declare(local(scene.declared("pg3")));
    assertThat(decide(scene, SetupGoal.Policy.CAUTIOUS))
        .contains("| pg1 guard-peers-pg1\n  | w1 guard-peers-w1\n");
  }

  @Test
  void goesOnAskingAWitnessThatDoesNotAnswerNow() {
    SetupScene scene = guardedWithWitness();
    scene.witness("w1", EpochFile.SILENT);
    List.of("guard.program", "guard.hosts", "guard.conf", "guard.authorized", "script_user")
        .forEach(f -> scene.says("w1", f, ""));
    assertThat(decide(scene, SetupGoal.Policy.CAUTIOUS)).doesNotContain("guard");
  }

  @Test
  void saysWhichWitnessCanNotBeAsked() {
    SetupScene silent = guarded().witness("w1", EpochFile.SILENT);
    assertThat(decide(silent, SetupGoal.Policy.CAUTIOUS))
        .contains(
            "! start guards do not ask the witness w1, so a leader that comes back has one voter"
                + " less to open by: it does not answer now; when it does: replctl init")
        .doesNotContain("guard-");
    SetupScene deaf = withWitness(guarded()).says("w1", "guard.hosts", "");
    assertThat(decide(deaf, SetupGoal.Policy.CAUTIOUS))
        .contains("less to open by: there are no host keys in /etc/ssh: it has no SSH server")
        .doesNotContain("guard-");
    SetupScene here =
        guarded()
            .witness("localhost", new EpochFile.None())
            .witnessesAre(Node.Connection.LOCAL)
            .says("localhost", "guard.hosts", "ssh-ed25519 HOST")
            .says("localhost", "guard.program", "missing");
    assertThat(decide(here, SetupGoal.Policy.CAUTIOUS))
        .contains("its host is localhost in the inventory, which is another machine on each")
        .doesNotContain("guard-");
  }

  private Step step(SetupScene scene, String name) {
    return ((Decision.Planned) init.decide("op-1", scene.site(), Init.Options.USUAL))
        .plan()
        .step(name)
        .orElseThrow();
  }

  private static Map<String, Value> values(Step step) {
    return ((Action.Run) step.action()).call().values();
  }

  /** What it knows of a node that takes no part now is kept. */
  @Test
  void keepsTheAddressOfANodeThatIsLeftOut() {
    SetupScene scene = guarded().silent("pg3").fact("pg1", "guard.program", "other");
    Decision decision =
        init.decide(
            "op-1",
            scene.site(),
            new Init.Options(List.of(new NodeName("pg3")), SetupGoal.Policy.CAUTIOUS));
    Plan plan = ((Decision.Planned) decision).plan();
    Action.Run run = (Action.Run) plan.step("guard-peers-pg1").orElseThrow().action();
    assertThat(((Value.Text) run.call().values().get("conf")).text())
        .isEqualTo(conf("pg1") + "\n")
        .contains("peer pg3 postgres 22 10.0.0.3");
    assertThat(run.call().values().get("peers")).isEqualTo(Value.of("pg2"));
  }
}

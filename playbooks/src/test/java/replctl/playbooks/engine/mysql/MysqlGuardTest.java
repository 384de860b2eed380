package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.StartGuard;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** How start guards get beside servers whose user can't log in. */
class MysqlGuardTest {
  private static final NodeName MY1 = new NodeName("my1");
  private static final NodeName MY2 = new NodeName("my2");

  /** As a package and a survey leave it: user mysql has no shell, and dba logs in. */
  private static Facts facts(int node, String... otherwise) {
    String[] all = {
      "script_user", "mysql",
      "state_directory", "/var/lib/replctl/blog/my" + node,
      "service", "mysql",
      "guard.no_login", "its shell is /bin/false",
      "guard.asked_as", "dba",
      "guard.program", "missing",
      "guard.public", "ssh-ed25519 KEYmy" + node,
      "guard.hosts", "ssh-ed25519 HOSTmy" + node
    };
    String[] both = new String[all.length + otherwise.length];
    System.arraycopy(all, 0, both, 0, all.length);
    System.arraycopy(otherwise, 0, both, all.length, otherwise.length);
    return RecordedMysql.facts(node == 1 ? "leader" : "follower", both);
  }

  private static StartGuard guard(String... otherwise) {
    Facts[] facts =
        IntStream.rangeClosed(1, 3).mapToObj(n -> facts(n, otherwise)).toArray(Facts[]::new);
    Site site = new Site(RecordedMysql.cluster(3), RecordedMysql.read(facts));
    return MysqlGuard.of(
        new SetupGoal(
            site, MY1, List.of(MY1, MY2, new NodeName("my3")), SetupGoal.Policy.CAUTIOUS));
  }

  private static ScriptCall call(Step step) {
    return ((Action.Run) step.action()).call();
  }

  private static String text(Step step, String name) {
    return ((Value.Text) call(step).values().get(name)).text();
  }

  @Test
  void peersAskAsWhoeverLogsInThere() {
    List<Step> steps = guard().peers(MY1);

    assertThat(steps.stream().map(Step::name))
        .containsExactly("guard-peers-my1", "guard-askers-my1");
    Step peers = steps.get(0);
    assertThat(peers.on()).isEqualTo(Place.on(MY1));
    assertThat(text(peers, "authorizes")).isEqualTo("no");
    assertThat(text(peers, "engine")).isEqualTo("mysql");
    assertThat(text(peers, "conf"))
        .contains(
            "\nengine mysql\n", "\nclient /usr/bin/mysql\n", "\npeer my2 dba 22 my2\npeer my3 dba");
    Step askers = steps.get(1);
    assertThat(askers.on()).isEqualTo(new Place.Login(MY1));
    assertThat(text(askers, "answers")).isEqualTo("/var/lib/replctl/blog/my1");
    assertThat(text(askers, "os_user")).isEqualTo("mysql");
    assertThat(text(askers, "askers")).isEqualTo("my2 my3");
    assertThat(text(askers, "public.my2")).isEqualTo("ssh-ed25519 KEYmy2");
    // That user's own folder has the lock, and not the server's.
    assertThat(call(askers).values()).doesNotContainKey("state_directory");
  }

  @Test
  void whoCanLogInIsAskedAsItself() {
    List<Step> steps = guard("guard.no_login", "", "guard.asked_as", "").peers(MY1);

    assertThat(steps.stream().map(Step::name)).containsExactly("guard-peers-my1");
    assertThat(text(steps.get(0), "conf")).contains("\npeer my2 mysql 22 my2\n");
    assertThat(text(steps.get(0), "askers")).isEqualTo("my2 my3");
  }

  @Test
  void whatItsLinesMustSayIsWhatTheScriptWrites() {
    String drift = guard().drift(MY1).toString();

    assertThat(drift)
        .contains(
            "restrict,command=\"echo 'exec /var/lib/replctl/blog/my1/guard/program answer"
                + " /var/lib/replctl/blog/my1' | sudo -n -u mysql bash -s\" ssh-ed25519 KEYmy2"
                + " replctl-guard-my2");
    assertThat(guard("guard.asked_as", "root").drift(MY1).toString())
        .contains("| runuser -u mysql -- bash -s\"");
  }

  @Test
  void oneThatLeavesIsAskedNoMore() {
    List<Step> steps = guard("guard.authorized", "restrict ... replctl-guard-my2").leave(MY1);

    assertThat(steps.stream().map(Step::name))
        .containsExactly("guard-askers-my1", "guard-leave-my1");
    assertThat(steps.get(0).on()).isEqualTo(new Place.Login(MY1));
    assertThat(text(steps.get(0), "askers")).isEmpty();
  }

  @Test
  void theLoginIsAskedWhereTheUserCanNotLogIn() {
    assertThat(StartGuard.loginQuestion(RecordedMysql.cluster(3), MY1, facts(1)))
        .map(q -> q.script().toString())
        .isPresent();
    assertThat(
            StartGuard.loginQuestion(RecordedMysql.cluster(3), MY1, facts(1, "guard.no_login", "")))
        .isEqualTo(Optional.empty());
  }
}

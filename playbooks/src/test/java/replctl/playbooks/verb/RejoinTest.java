package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.setup.SetupScene;
import replctl.playbooks.world.Value;

/** pg1 led and its host came back; pg2 was promoted at 0/5000060 and leads on timeline 2. */
class RejoinTest {
  private static final NodeName OLD = new NodeName("pg1");

  private static SetupScene scene() {
    SetupScene scene = SetupScene.adopted();
    List.of("pg1", "pg2", "pg3").forEach(node -> recorded(scene, node, "pg2"));
    return scene
        .fact("pg2", "in_recovery", "no")
        .fact("pg2", "standby_signal", "no")
        .fact("pg2", "timeline", "2")
        .fact("pg2", "history.timeline", "2")
        .fact("pg2", "history.text", "1\t0/5000060\tno recovery target specified\n")
        .fact("pg2", "lsn.write", "0/6000000")
        .fact("pg2", "lsn.flush", "0/6000000")
        .fact("pg2", "role.count", "1")
        .fact("pg2", "role.1.name", "replctl_rewind")
        .fact("pg2", "role.1.may_rewind", "yes")
        .fact("pg2", "log.oldest", "3")
        .fact("pg2", "bytes", "1000000000")
        .without("pg1", "in_recovery")
        .without("pg1", "postmaster_pid")
        .fact("pg1", "presence", "stopped")
        .fact("pg1", "sql", "not-asked")
        .fact("pg1", "standby_signal", "no")
        .fact("pg1", "timeline", "1")
        .fact("pg1", "history.timeline", "1")
        .fact("pg1", "control.state", "in production")
        .fact("pg1", "control.checkpoint_lsn", "0/4000028")
        .fact("pg1", "control.wal_log_hints", "on")
        .fact("pg1", "control.data_checksums", "0")
        .fact("pg1", "control.wal_segment_bytes", "16777216")
        .fact("pg1", "tail.records", "9")
        .fact("pg1", "tail.transactions", "3")
        .fact("pg1", "tail.last", "0/50001A0")
        .fact("pg1", "tail.began", "2026-03-01 11:58:00 UTC")
        .fact("pg1", "tail.ended", "2026-03-01 11:58:02 UTC")
        .fact("pg1", "tail.more", "no")
        .fact("pg1", "log.last", "0/50001A0")
        .fact("pg1", "log.oldest", "3")
        .fact("pg1", "restores", "no")
        .fact("pg1", "data.parent", "yes")
        .fact("pg1", "data.tablespaces", "0")
        .fact("pg1", "disk.count", "1")
        .fact("pg1", "disk.1.use", "data")
        .fact("pg1", "disk.1.free", "9000000000");
  }

  /** What its host has as the newest word on who leads. */
  private static SetupScene recorded(SetupScene scene, String node, String leader) {
    String record =
        "{\"epoch\":7,\"operation\":\"op-7\",\"leader\":\""
            + leader
            + "\",\"voters\":[\"pg1\",\"pg2\",\"pg3\"],\"votersVersion\":1,\"ackers\":[],"
            + "\"acks\":0,\"closed\":{},\"debts\":[]}";
    return scene
        .fact(node, "epoch.state", "read")
        .fact(node, "epoch.votes", "yes")
        .fact(node, "epoch.promise", "7")
        .fact(node, "epoch.operation", "op-7")
        .fact(node, "epoch.open", "no")
        .fact(node, "epoch.holder", "alice@adm1")
        .fact(node, "epoch.record", record);
  }

  /** It stopped before the fork, and has nothing beyond it. */
  private static SetupScene behind() {
    return scene()
        .fact("pg1", "tail.records", "0")
        .fact("pg1", "tail.transactions", "0")
        .without("pg1", "tail.last")
        .without("pg1", "tail.began")
        .fact("pg1", "log.last", "0/5000028");
  }

  private static Decision decide(SetupScene scene, String by, boolean replace) {
    Optional<String> way = Optional.of(by).filter(b -> !b.isEmpty());
    Site site = scene.site();
    Rejoin.Aim aim = Rejoin.aim(site, OLD, new Rejoin.Options(Optional.empty(), way, replace));
    return aim instanceof Rejoin.Aim.No no
        ? Decision.of(no.refusal())
        : new Rejoin(new PostgresqlEngine()).decide("op-1", ((Rejoin.Aim.Reach) aim).goal(), way);
  }

  private static Plan plan(SetupScene scene, String by) {
    Decision decision = decide(scene, by, false);
    assertThat(decision).isInstanceOf(Decision.Planned.class);
    return ((Decision.Planned) decision).plan();
  }

  private static Refusal refusal(SetupScene scene, String by) {
    Decision decision = decide(scene, by, false);
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).refusal();
  }

  private static List<String> names(Plan plan) {
    return plan.steps().map(Step::name).toList();
  }

  @Test
  void anOldLeaderWithMoreIsSavedAndRewound() {
    Plan plan = plan(scene(), "");

    assertThat(names(plan))
        .containsSubsequence(
            "save-pg1",
            "checkpoint-pg2",
            "slot-pg1",
            "rewind-pg1",
            "copy-pg1",
            "own-files-pg1",
            "start-pg1",
            "follow-pg1",
            "drop-slots");
    assertThat(plan.warnings())
        .contains(
            "pg1 has 3 transactions that pg2 has not, from 0/5000060 to 0/50001A0, committed from"
                + " 2026-03-01 11:58:00 UTC to 2026-03-01 11:58:02 UTC; it is saved and listed"
                + " first",
            "not by follow: pg1's log goes on beyond 0/5000060, where pg2's history left its"
                + " timeline 1");
    assertThat(value(plan, "rewind-pg1", "scan")).isEqualTo("1 0/5000060 -");
    assertThat(value(plan, "rewind-pg1", "source"))
        .contains("user=replctl_rewind")
        .doesNotContain("password");
    assertThat(names(plan)).containsSubsequence("own-files-pg1", "lift-pg1", "start-pg1");
  }

  @Test
  void oneThatHasNothingMoreJustFollows() {
    Plan plan = plan(behind(), "");

    assertThat(names(plan))
        .containsSubsequence("slot-pg1", "point-pg1", "start-pg1", "follow-pg1", "drop-slots")
        .doesNotContain("save-pg1", "rewind-pg1", "copy-pg1");
  }

  /** Its server has recycled it: nothing was found beyond the fork, and that says nothing. */
  @Test
  void oneWhoseLogAtTheForkIsGoneMayHaveMore() {
    SetupScene gone = behind().fact("pg1", "tail.gone", "yes").fact("pg1", "log.oldest", "7");

    Plan plan = plan(gone, "");

    assertThat(names(plan)).containsSubsequence("save-pg1", "set-aside-pg1", "copy-pg1");
    assertThat(plan.warnings())
        .contains(
            "pg1 may have what pg2 has not, from 0/5000060 on; the log right after that is gone"
                + " from its pg_wal; it is saved and listed first");
    assertThat(String.join("\n", plan.warnings()))
        .contains("not by follow: pg1's own log from 0/5000060 on", "can't be told")
        .contains("not by rewind: pg1 has no more its own log from before 0/5000060");
    assertThat(refusal(gone, "follow").code()).isEqualTo(Refusal.Code.E_RETURN_01);
  }

  /** By its own restore_command, or the inventory's, which it is given first. */
  @Test
  void whatIsGoneIsFetchedFromTheArchiveForTheTailAndForTheRewind() {
    SetupScene gone =
        behind()
            .fact("pg1", "tail.gone", "yes")
            .fact("pg1", "log.oldest", "7")
            .fact("pg1", "config_directory", "/etc/postgresql/17/main");

    Plan own = plan(gone.fact("pg1", "restores", "yes").fact("pg1", "restores.r", "no"), "");

    assertThat(names(own)).containsSubsequence("save-pg1", "rewind-pg1");
    assertThat(names(own)).doesNotContain("restore-pg1");
    assertThat(own.warnings()).first().asString().contains("and fetched from the archive");
    assertThat(value(own, "save-pg1", "restore_patience")).isEqualTo("120");
    assertThat(value(own, "rewind-pg1", "restores_target")).isEqualTo("yes");

    Plan declared = plan(gone.fact("pg1", "restores", "no").archive("cp /backup/%f %p"), "");

    assertThat(names(declared)).containsSubsequence("restore-pg1", "save-pg1", "rewind-pg1");
    assertThat(value(declared, "restore-pg1", "text"))
        .contains("\nrestore_command = 'cp /backup/%f %p'\n");
    assertThat(value(declared, "rewind-pg1", "restores_target")).isEqualTo("yes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pg1 restores=no                     | pg1 has no restore_command
          pg1 restores=yes,pg1 restores.r=yes | pg_rewind takes no restore_command with %r
          pg1 restores=yes,pg1 major=14,pg2 major=14,pg1 config_directory=/etc/x | pg_rewind of PostgreSQL 14
          """)
  void whyTheArchiveIsOfNoUseToARewindIsSaid(String changes, String why) {
    SetupScene gone = scene().fact("pg1", "log.oldest", "7");

    Plan plan = plan(changed(gone, changes), "");

    assertThat(names(plan)).contains("set-aside-pg1");
    assertThat(String.join("\n", plan.warnings())).contains(why);
  }

  /** Its server would apply what the old leader alone had, and then stream from the new one. */
  @ParameterizedTest
  @CsvSource({
    "yes, 'not by follow: the archive has log of timeline 1 beyond 0/5000060, and pg1'",
    "unknown, 'not by follow: whether the archive has log of timeline 1 beyond 0/5000060'",
  })
  void anArchiveThatWouldLeadBeyondTheForkIsNotFollowedWith(String beyond, String why) {
    SetupScene scene =
        behind().fact("pg1", "restores", "yes").fact("pg1", "archive.beyond", beyond);

    Plan plan = plan(scene, "");

    assertThat(names(plan)).contains("set-aside-pg1").doesNotContain("point-pg1");
    assertThat(String.join("\n", plan.warnings())).contains(why);
  }

  /** Else it would go on in its own old log. */
  @Test
  void whereTheLeaderHasNoLogAtTheForkNobodyIsRewoundToIt() {
    Plan plan = plan(scene().fact("pg2", "log.oldest", "6"), "");

    assertThat(names(plan)).contains("save-pg1", "set-aside-pg1").doesNotContain("rewind-pg1");
    assertThat(String.join("\n", plan.warnings()))
        .contains("not by rewind: pg2 has no more its log from 0/5000060 on");
  }

  @Test
  void whatCouldBeReadOfALogThatIsGoneInPartIsTheLeast() {
    Plan plan = plan(scene().fact("pg1", "tail.gone", "yes").fact("pg1", "log.oldest", "7"), "");

    assertThat(plan.warnings()).first().asString().contains("pg1 has at least 3 transactions");
  }

  @Test
  void whatIsAskedForIsDoneAndWhatCouldHaveBeenIsSaid() {
    Plan plan = plan(behind(), "clone");

    assertThat(names(plan))
        .containsSubsequence("set-aside-pg1", "slot-pg1", "copy-pg1", "own-files-pg1", "start-pg1");
    assertThat(plan.warnings())
        .contains(
            "not by follow: it was asked for by clone",
            "not by rewind: pg1 has nothing that would have to be taken back");
  }

  /** What is changed in the scene, and which way is left then. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pg1 control.wal_log_hints=off                                    | clone  | neither checksums nor wal_log_hints
          pg1 control.wal_log_hints=off,pg1 control.data_checksums=1       | rewind | beyond 0/5000060
          pg1 backup_label=yes                                             | clone  | never started
          pg2 role.1.may_rewind=no                                         | clone  | can't do it
          pg1 log.oldest=6                                                 | clone  | no more its own log
          pg1 rewinding=changing                                           | clone  | must never run
          pg1 rewinding=preparing                                          | rewind | was begun
          pg1 timeline=3,pg1 history.timeline=3,pg1 history.text=1 0/5000028 x | rewind | parted at 0/5000028
          pg1 timeline=2,pg1 history.timeline=2,pg1 history.text=1 0/5000028 x | clone  | both call their timeline 2
          """)
  void theFirstWayThatCanBeGoneIsGone(String changes, String way, String why) {
    Plan plan = plan(changed(scene(), changes), "");

    assertThat(names(plan)).contains(way.equals("clone") ? "set-aside-pg1" : "rewind-pg1");
    assertThat(String.join("\n", plan.warnings())).contains(why);
    boolean saved = !changes.contains("changing");
    assertThat(names(plan).contains("save-pg1")).isEqualTo(saved);
  }

  @Test
  void logThatIsGoneIsHadByARestoreCommandOrNotAtAll() {
    SetupScene gone = behind().fact("pg2", "log.oldest", "9");

    Plan plan = plan(gone, "");

    assertThat(names(plan)).contains("set-aside-pg1").doesNotContain("save-pg1");
    assertThat(String.join("\n", plan.warnings()))
        .contains("pg2 has no more the log that pg1 needs, from 0/5000028 on");
    gone.fact("pg1", "archive.beyond", "no");
    Plan fetching = plan(gone.fact("pg1", "restores", "yes"), "");
    assertThat(names(fetching)).contains("point-pg1");
    assertThat(value(fetching, "follow-pg1", "fetches")).isEqualTo("yes");
    assertThat(fetching.warnings())
        .contains(
            "the log that pg1 needs is gone from pg2: by follow its restore_command has to fetch"
                + " it");
    Plan declared = plan(gone.fact("pg1", "restores", "no").archive("cp /backup/%f %p"), "");
    assertThat(names(declared)).containsSubsequence("restore-pg1", "point-pg1", "start-pg1");
  }

  @Test
  void twoHistoriesOfOneNumberAreToldApartByTheirLogs() {
    SetupScene same =
        behind()
            .fact("pg1", "timeline", "2")
            .fact("pg1", "history.timeline", "2")
            .fact("pg1", "history.text", "1\t0/5000060\tno recovery target specified\n");
    assertThat(names(plan(same, ""))).contains("point-pg1");

    Plan plan = plan(same.fact("pg2", "tip", "other"), "");

    assertThat(names(plan)).containsSubsequence("save-pg1", "set-aside-pg1");
    assertThat(value(plan, "save-pg1", "scan")).isEqualTo("2 0/5000060 -");
  }

  @Test
  void whereDataCanNotBeSetAsideReplaceIsTyped() {
    SetupScene mounted =
        scene().fact("pg1", "data.parent", "no").fact("pg2", "role.1.may_rewind", "no");

    Refusal refusal = refusal(mounted, "");

    assertThat(refusal.code()).isEqualTo(Refusal.Code.E_STATE_01);
    assertThat(refusal.found())
        .contains("by clone: pg1's data can't be set aside (it is a mount point");
    assertThat(refusal.next()).contains("replctl rejoin pg1 --by clone --replace");
    Plan plan = ((Decision.Planned) decide(mounted, "", true)).plan();
    assertThat(value(plan, "set-aside-pg1", "replace")).isEqualTo("yes");
    assertThat(names(plan)).containsSubsequence("save-pg1", "set-aside-pg1");
  }

  @Test
  void replaceDeletesNothingWhereItCouldBeRenamed() {
    Plan plan = ((Decision.Planned) decide(scene(), "clone", true)).plan();

    assertThat(value(plan, "set-aside-pg1", "replace")).isEqualTo("no");
  }

  @Test
  void aTailIsNotFollowedOver() {
    Refusal refusal = refusal(scene(), "follow");

    assertThat(refusal.code()).isEqualTo(Refusal.Code.E_RETURN_01);
    assertThat(refusal.found()).contains("pg1 has 3 transactions that pg2 has not");
    assertThat(refusal.next()).first().isEqualTo("replctl rejoin pg1 --by rewind");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pg1 presence=running,pg1 sql=answered,pg1 in_recovery=no | E_SPLIT_01    | replctl fence pg1
          pg2 in_recovery=yes,pg2 standby_signal=yes               | E_STATE_01    | replctl status shop
          pg1 system_identifier=7300000000000000002                | E_IDENTITY_01 | replctl rejoin pg1
          pg1 presence=hung                                        | E_STATE_01    | replctl fence pg1
          pg1 presence=stopping                                    | E_STATE_01    | replctl fence pg1
          pg1 major=16                                             | E_STATE_01    | replctl rejoin pg1
          """)
  void itIsRefusedInWords(String changes, Refusal.Code code, String next) {
    Refusal refusal = refusal(changed(scene(), changes), "");

    assertThat(refusal.code()).isEqualTo(code);
    assertThat(String.join("\n", refusal.next())).contains(next);
  }

  @Test
  void whoLeadsIsToldToThoseWhoWereAwayAndCorrected() {
    assertThat(names(plan(scene(), ""))).doesNotContain("record");
    assertThat(names(plan(recorded(scene(), "pg1", "pg1").fact("pg1", "epoch.promise", "6"), "")))
        .first()
        .isEqualTo("record");
  }

  @Test
  void aRecordedLeaderThatSaysNothingMayTakeWrites() {
    SetupScene scene = scene();
    List.of("pg1", "pg2").forEach(node -> recorded(scene, node, "pg3"));

    Refusal refusal = refusal(scene.silent("pg3"), "");

    assertThat(refusal.found())
        .contains("pg2 takes writes, and epoch 7 names pg3 as the leader, which does not answer");
    assertThat(refusal.next()).first().asString().contains("replctl fence pg3");
  }

  @Test
  void aHostThatIsDownIsUnreachable() {
    assertThat(refusal(scene().silent("pg1"), "").code()).isEqualTo(Refusal.Code.E_REACH_01);
  }

  @Test
  void whereThereIsNoDataItIsCopied() {
    SetupScene bare = scene();
    for (String fact : List.of("major", "system_identifier", "timeline", "history.timeline")) {
      bare.without("pg1", fact);
    }
    Plan plan = plan(bare.fact("pg1", "presence", "absent"), "");

    assertThat(names(plan)).contains("copy-pg1").doesNotContain("set-aside-pg1", "save-pg1");
  }

  /** A failover has left pg2 waiting for pg3 alone. */
  @Test
  void durabilityGrowsBackAndNeverShrinks() {
    UnaryOperator<SetupScene> semi =
        s ->
            s.replication(Replication.Mode.SEMI_SYNC, 1, Replication.OnLostSync.BLOCK)
                .fact("pg2", "setting.synchronous_commit", "on");
    SetupScene weak =
        semi.apply(scene()).fact("pg2", "setting.synchronous_standby_names", "ANY 1 (\"pg3\")");
    SetupScene strong =
        semi.apply(scene())
            .fact("pg2", "setting.synchronous_standby_names", "ANY 2 (\"pg1\", \"pg3\")");

    assertThat(value(plan(weak, ""), "durability-pg2", "names"))
        .isEqualTo("ANY 1 (\"pg1\", \"pg3\")");
    assertThat(names(plan(strong, ""))).doesNotContain("durability-pg2");
  }

  private static SetupScene changed(SetupScene scene, String changes) {
    for (String change : changes.split(",")) {
      String[] words = change.strip().split("[ =]", 3);
      scene.fact(words[0], words[1], words[2].replace(' ', '\t'));
    }
    return scene;
  }

  private static String value(Plan plan, String step, String name) {
    Map<String, Value> values =
        new TreeMap<>(((Action.Run) plan.step(step).orElseThrow().action()).call().values());
    return ((Value.Text) values.get(name)).text();
  }
}

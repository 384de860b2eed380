package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.Site;

/**
 * replctl dies after the candidate was told to open and before it is open: the moment that no file
 * and no position tells from that of a follower. The candidate's recovery_end_command draws it out.
 */
final class KilledPromotion {
  private static final String COMMAND = "sleep 8.25";

  private KilledPromotion() {}

  /** There is no way back then, and abort says so; resume goes forward. */
  static void goesForward(Site site, String from, String to) {
    site.sql(to, "alter system set recovery_end_command = '" + COMMAND + "'");
    site.sql(to, "select pg_reload_conf()");
    try (ProbeProcess probe = site.writes()) {
      try (Replctl.Running running = site.replctl().start("switchover", "--to", to, "--yes")) {
        Site.await(
            "the promotion is under way",
            () -> !site.shell(to, "pgrep -fx '" + COMMAND + "' || :").isEmpty());
        running.process().destroyForcibly();
        assertThat(running.result().code()).isEqualTo(137);
      }
      assertThat(site.sql(to, "select pg_is_in_recovery()")).isEqualTo("t");

      Replctl.Result abort = site.replctl().run("op", "abort");

      assertThat(abort.code()).as(abort.toString()).isIn(0, 12);
      assertThat(site.leaders()).isIn(List.of(), List.of(to));
      Site.await("it opens", () -> site.leaders().equals(List.of(to)));
      if (abort.code() == 12) {
        site.replctl().run("op", "resume").exits(0);
      }
      assertThat(site.unfinished()).isEmpty();
      assertThat(site.leaders()).containsExactly(to);
      probe.awaitMore();
      site.awaitFollowers(to);
      assertThat(site.allFollow(to)).as(from + " follows too").isTrue();
      Map<String, String> verdict = probe.keptAll();
      assertThat(verdict).containsEntry("lost", "0").containsEntry("two_leaders_ms", "0.0");
    } finally {
      site.sql(to, "alter system reset recovery_end_command");
      site.sql(to, "select pg_reload_conf()");
    }
  }
}

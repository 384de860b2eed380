package replctl.playbooks.sim.postgresql;

import java.util.Map;
import java.util.TreeMap;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.CredentialTwins;
import replctl.playbooks.sim.GuardTwins;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.Scripted;
import replctl.playbooks.sim.StateFiles;
import replctl.playbooks.sim.Twin;

/**
 * premises.sh, checkup.sh (of which nothing is decided), configuration.sh, settings.sh, access.sh,
 * may-follow.sh.
 */
final class PremisesTwins {
  private final PostgresNet net;

  PremisesTwins(PostgresNet net) {
    this.net = net;
  }

  Map<String, Twin> twins() {
    Map<String, Twin> twins = new TreeMap<>();
    twins.put("checkup", new Scripted(job -> Look.DONE, job -> Course.none()));
    twins.put("premises", new Scripted(this::premises, job -> Course.none()));
    twins.put("configuration", new Scripted(job -> Look.DONE, job -> Course.none()));
    twins.put("settings", new Scripted(this::settingsIsDone, this::settings));
    twins.put("may-follow", new Scripted(this::askedAndMay, this::ask));
    twins.put("access", new Scripted(this::accessIsDone, this::access));
    return twins;
  }

  private SimPostgres pg(Job job) {
    return net.at(job.host().name().value()).orElseThrow();
  }

  private Look premises(Job job) {
    for (String line : job.value("peers").split("\n")) {
      String[] words = line.trim().split(" ");
      if (words.length == 2) {
        job.fact("address." + words[0], "10.0.0." + words[1].replaceAll("\\D", ""));
      }
    }
    if (StateFiles.there(job, "passfile")) {
      job.fact("account_file", StateFiles.text(job, "passfile").replaceAll("(?m):[^:\n]*$", ""));
    }
    if (StateFiles.there(job, "tls/ca.crt")) {
      job.fact("authority", CredentialTwins.fingerprint(StateFiles.text(job, "tls/ca.crt")));
    }
    if (StateFiles.there(job, "tls/current/server.crt")) {
      String certificate = StateFiles.text(job, "tls/current/server.crt");
      job.fact("own.fingerprint", CredentialTwins.fingerprint(certificate));
      job.fact("own.end_ms", "2110000000000");
      job.fact("own.names", certificate.replaceAll(".* for (\\S+) on .*", "$1"));
    }
    job.fact("openssl", true);
    job.fact("debian_tools", false);
    job.fact("sockets", true);
    job.fact("configured", pg(job).systemId().isPresent());
    if (pg(job).systemId().isPresent()) {
      job.fact("included", pg(job).config().isIncluded());
    }
    if (StateFiles.there(job, "filling")) {
      job.fact("interrupted", StateFiles.text(job, "filling"));
    }
    new GuardTwins(net.world()).facts(job);
    if (pg(job).answersSql()) {
      for (String role : pg(job).roles()) {
        job.fact(
            "membership." + role, role.equals("replctl") ? "pg_monitor pg_read_all_settings" : "");
        job.fact("grant." + role, role.equals("replctl_rewind") ? "4" : "0");
        job.fact("powers." + role, "");
      }
    }
    return Look.DONE;
  }

  private Look settingsIsDone(Job job) {
    SimPostgres pg = pg(job);
    String text = job.value("text");
    if (!text.equals(job.host().files().get(PgPaths.CONFIG))) {
      return Look.notDone("replctl.conf is missing or says something else");
    }
    if (!pg.config().isIncluded()) {
      return Look.notDone("postgresql.conf does not include it");
    }
    if (!PgTwin.hasProcess(pg)) {
      return Look.DONE;
    }
    if (!pg.answersSql() || !pg.config().loaded().equals(text)) {
      return Look.notDone("the server has not read replctl.conf");
    }
    return Look.DONE;
  }

  private Course settings(Job job) {
    SimPostgres pg = pg(job);
    return Course.of(
            () -> {
              if (pg.systemId().isEmpty()) {
                throw job.refuse("there is no postgresql.conf");
              }
              job.host().files().put(PgPaths.CONFIG, job.value("text"));
              if (pg.config().isIncluded()) {
                pg.config().included(job.value("text"));
              }
            })
        .act(() -> pg.config().included(job.value("text")))
        .act(
            () -> {
              if (PgTwin.hasProcess(pg)) {
                if (!pg.answersSql()) {
                  throw job.fail("the server does not answer");
                }
                pg.config().auto().keySet().removeAll(Config.read(job.value("text")).keySet());
                pg.reload();
              }
            });
  }

  private Look askedAndMay(Job job) {
    return job.remembered("asked").isPresent() ? mayFollow(job) : Look.notDone("not asked yet");
  }

  private Look mayFollow(Job job) {
    Map<String, String> conninfo = Conninfo.read(job.value("conninfo"));
    SimPostgres source = net.at(conninfo.getOrDefault("host", "")).orElseThrow();
    if (!source.answersSql() || !source.standing()) {
      return Look.notDone("no answer");
    }
    if (!source.letsIn(conninfo.getOrDefault("user", ""))) {
      return Look.notDone("the login is refused");
    }
    return source.systemId().equals(job.given("identity"))
        ? Look.DONE
        : Look.notDone("it finds cluster " + source.systemId() + " there");
  }

  private Course ask(Job job) {
    return Course.of(
        () -> {
          job.remember("asked", "yes");
          Look look = mayFollow(job);
          if (!look.done()) {
            throw job.refuse(look.why());
          }
        });
  }

  private Look accessIsDone(Job job) {
    SimPostgres pg = pg(job);
    if (pg.systemId().isEmpty()) {
      return Look.unknown("cannot read pg_hba.conf");
    }
    if (!job.value("block").equals(job.host().files().get(PgPaths.HBA_BLOCK))) {
      return Look.notDone("pg_hba.conf has another block, or none");
    }
    if (PgTwin.hasProcess(pg) && !pg.loadedAccess().equals(job.value("block"))) {
      return Look.notDone("the server has not read pg_hba.conf");
    }
    return Look.DONE;
  }

  private Course access(Job job) {
    SimPostgres pg = pg(job);
    return Course.of(
            () -> {
              if (pg.systemId().isEmpty()) {
                throw job.refuse("there is no pg_hba.conf");
              }
              job.host().files().put(PgPaths.HBA_BLOCK, job.value("block"));
            })
        .act(
            () -> {
              if (PgTwin.hasProcess(pg)) {
                if (!pg.answersSql()) {
                  throw job.fail("the server does not answer");
                }
                pg.reload();
              }
            });
  }
}

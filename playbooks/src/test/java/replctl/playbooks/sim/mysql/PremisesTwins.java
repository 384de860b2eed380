package replctl.playbooks.sim.mysql;

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

/** premises.sh, checkup.sh (of which nothing is decided), options.sh, found.sh. */
final class PremisesTwins extends MyTwin {
  PremisesTwins(MysqlNet net) {
    super(net);
  }

  Map<String, Twin> twins() {
    Map<String, Twin> twins = new TreeMap<>();
    twins.put("checkup", new Scripted(job -> Look.DONE, job -> Course.of(() -> {})));
    twins.put("premises", this);
    twins.put("options", new Scripted(this::optionsAreDone, this::options));
    twins.put("found", new Scripted(this::foundIsDone, this::found));
    return twins;
  }

  /** premises.sh. */
  @Override
  public Look isDone(Job job) {
    for (String line : job.value("peers").split("\n")) {
      String[] words = line.trim().split(" ");
      if (words.length == 2) {
        job.fact("address." + words[0], "10.0.0." + words[1].replaceAll("\\D", ""));
      }
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
    accounts(job);
    new GuardTwins(net().world()).facts(job);
    return Look.DONE;
  }

  @Override
  public Course perform(Job job) {
    throw job.refuse("it only looks");
  }

  /** The rights that the accounts of replctl's are given. */
  private static final Map<String, String> GRANTS =
      Map.of(
          "replctl",
          """
          GRANT PROCESS, REPLICATION CLIENT ON *.* TO `replctl`@`%`
          GRANT SELECT ON `performance_schema`.* TO `replctl`@`%`
          GRANT SELECT ON `replctl`.* TO `replctl`@`%`""",
          ACCOUNT,
          "GRANT REPLICATION SLAVE ON *.* TO `replctl_replication`@`%`",
          "replctl_clone",
          "GRANT BACKUP_ADMIN ON *.* TO `replctl_clone`@`%`");

  private void accounts(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      return;
    }
    for (String account : my.data().accounts()) {
      if (GRANTS.containsKey(account)) {
        job.fact("attributes." + account, "caching_sha2_password ANY N N");
        job.fact("account." + account, GRANTS.get(account));
      }
    }
  }

  private static boolean acknowledges(Job job) {
    return job.value("now").contains("replica_enabled ON");
  }

  private Look optionsAreDone(Job job) {
    SimMysql my = my(job);
    if (!job.value("text").equals(job.host().files().get(MyPaths.OPTIONS))) {
      return Look.notDone("its file is missing or says something else");
    }
    return my.answersSql() && my.acknowledges() != acknowledges(job)
        ? Look.notDone("the server has other options")
        : Look.DONE;
  }

  private Course options(Job job) {
    SimMysql my = my(job);
    return Course.of(() -> job.host().files().put(MyPaths.OPTIONS, job.value("text")))
        .act(
            () -> {
              if (my.answersSql()) {
                my.acknowledges(acknowledges(job));
                if (job.value("now").contains("super_read_only ON")) {
                  my.superReadOnly(true);
                  my.scheduler(false);
                }
              }
            });
  }

  private Look foundIsDone(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql() || my.data().identity().isEmpty()) {
      return Look.notDone("its data does not say which cluster it is");
    }
    job.fact("identity", my.data().identity().get());
    my.note(my.data().identity().get());
    return Look.DONE;
  }

  private Course found(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    if (my.isReadOnly() || my.data().source().isPresent()) {
      throw job.refuse("it does not lead");
    }
    return Course.of(() -> say(job, my, () -> my.commit(new Txn.Named(my.uuid()))));
  }
}

package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.Scripted;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.StateFiles;
import replctl.playbooks.sim.Twin;
import replctl.playbooks.world.Trouble;

/** copy.sh and drop-copy.sh: a base backup beside, which takes its place when it is whole. */
final class CopyTwins extends PgTwin {
  private static final String COPY = PgPaths.DATA + ".replctl-copy";

  CopyTwins(PostgresNet net) {
    super(net);
  }

  Map<String, Twin> twins() {
    Map<String, Twin> twins = new TreeMap<>();
    twins.put("copy", new Scripted(this::isDone, this::perform));
    twins.put("drop-copy", new Scripted(CopyTwins::dropIsDone, this::drop));
    return twins;
  }

  @Override
  public Look isDone(Job job) {
    SimPostgres pg = pg(job);
    if (pg.systemId().isEmpty()) {
      return Look.notDone("there is no server in " + PgPaths.DATA);
    }
    if (!pg.systemId().equals(job.given("copies"))) {
      return Look.notDone(PgPaths.DATA + " belongs to cluster " + pg.systemId());
    }
    if (StateFiles.there(job, "filling")) {
      return Look.notDone("the copy in " + PgPaths.DATA + " is not whole");
    }
    return pg.hasStandbySignal() || hasProcess(pg)
        ? Look.DONE
        : Look.notDone("standby.signal is missing");
  }

  @Override
  public Course perform(Job job) {
    SimPostgres pg = pg(job);
    if (hasProcess(pg)) {
      throw job.refuse("processes have the data open");
    }
    if (StateFiles.text(job, "copied").equals(COPY + " " + job.value("copies"))
        && StateFiles.claimed(job, COPY)) {
      return place(job, pg);
    }
    if (pg.systemId().isPresent()) {
      throw job.refuse(PgPaths.DATA + " holds a server already");
    }
    SimPostgres source = source(job);
    return Course.of(
            () -> {
              StateFiles.remove(job, "copied");
              StateFiles.claim(job, COPY);
              pg.backup(Optional.empty());
            })
        .until(
            Duration.ofNanos(net().dice().between(100, 900) * SimTime.MS),
            () -> !source.sends(),
            () -> {})
        .act(
            () -> {
              if (!source.sends() || !source.slots().containsKey(job.value("slot"))) {
                throw job.refuse("pg_basebackup: the source does not answer");
              }
              pg.backup(
                  Optional.of(
                      SimPostgres.Backup.of(
                          source,
                          Map.of(
                              "primary_conninfo",
                              job.value("conninfo"),
                              "primary_slot_name",
                              job.value("slot"),
                              "synchronous_standby_names",
                              job.given("sync_names").orElse("")))));
            })
        .act(() -> StateFiles.put(job, "copied", COPY + " " + job.value("copies")))
        .then(() -> place(job, pg));
  }

  private SimPostgres source(Job job) {
    Map<String, String> conninfo = Conninfo.read(job.value("conninfo"));
    SimPostgres source =
        net()
            .at(conninfo.getOrDefault("host", ""))
            .filter(s -> s.answersSql() && s.standing())
            .orElseThrow(() -> job.refuse("can't log in to the source: no answer"));
    if (!source.letsIn(conninfo.getOrDefault("user", ""))) {
      throw job.refuse("can't log in to the source: " + conninfo.get("user"));
    }
    if (!StateFiles.there(job, "passfile") || !StateFiles.there(job, "tls/ca.crt")) {
      throw job.refuse("can't log in to the source: no password or no authority here");
    }
    if (!source.systemId().equals(job.given("copies"))) {
      throw job.refuse(Trouble.WRONG_IDENTITY, "the source belongs to " + source.systemId());
    }
    return source;
  }

  private static Course place(Job job, SimPostgres pg) {
    return Course.of(pg::placeBackup)
        .act(() -> StateFiles.unclaim(job))
        .act(() -> StateFiles.remove(job, "copied"));
  }

  private static Look dropIsDone(Job job) {
    return StateFiles.there(job, "filling")
        ? Look.notDone("an unfinished copy is there")
        : Look.DONE;
  }

  private Course drop(Job job) {
    SimPostgres pg = pg(job);
    if (hasProcess(pg)) {
      throw job.refuse("processes have the data open");
    }
    return Course.of(() -> pg.backup(Optional.empty()))
        .act(() -> StateFiles.remove(job, "copied"))
        .act(() -> StateFiles.unclaim(job));
  }
}

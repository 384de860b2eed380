package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.Scripted;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.StateFiles;
import replctl.playbooks.sim.Twin;
import replctl.playbooks.world.Trouble;

/** create.sh, start.sh, restart.sh, account.sh, slot.sh, drop-slot.sh, durability.sh. */
final class ServerTwins extends PgTwin {
  ServerTwins(PostgresNet net) {
    super(net);
  }

  Map<String, Twin> twins() {
    Map<String, Twin> twins = new TreeMap<>();
    twins.put("create", new Scripted(this::createIsDone, this::create));
    twins.put("start", new Scripted(this::isDone, this::perform));
    twins.put("restart", new Scripted(this::restartIsDone, this::restart));
    twins.put("account", new Scripted(this::accountIsDone, this::account));
    twins.put("slot", new Scripted(this::slotIsDone, this::slot));
    twins.put("drop-slot", new Scripted(this::dropSlotIsDone, this::dropSlot));
    twins.put("durability", new Scripted(this::durabilityIsDone, this::durability));
    twins.put("reached", new Scripted(ServerTwins::reachedIsDone, this::reached));
    return twins;
  }

  private Look createIsDone(Job job) {
    SimPostgres pg = pg(job);
    if (pg.systemId().isEmpty()) {
      return Look.notDone("there is no server in " + PgPaths.DATA);
    }
    job.fact("system_identifier", pg.systemId().orElseThrow());
    return StateFiles.claimed(job, PgPaths.DATA)
        ? Look.notDone(PgPaths.DATA + " is half made")
        : Look.DONE;
  }

  private Course create(Job job) {
    SimPostgres pg = pg(job);
    if (hasProcess(pg)) {
      throw job.refuse("processes have the data open");
    }
    if (pg.systemId().isPresent() && !StateFiles.claimed(job, PgPaths.DATA)) {
      throw job.refuse(PgPaths.DATA + " holds a server already");
    }
    return Course.of(
            () -> {
              StateFiles.claim(job, PgPaths.DATA);
              pg.remove();
            })
        .lasts(300 * SimTime.MS)
        .act(() -> pg.create("7" + net().dice().between(100_000_000_000L, 999_999_999_999L), true))
        .act(() -> StateFiles.unclaim(job));
  }

  /** start.sh. */
  @Override
  public Look isDone(Job job) {
    if (!pg(job).answersSql()) {
      return Look.notDone("the server does not answer");
    }
    return job.value("as").equals("leader") && pg(job).hasStandbySignal()
        ? Look.notDone("it runs as a follower")
        : Look.DONE;
  }

  @Override
  public Course perform(Job job) {
    SimPostgres pg = pg(job);
    if (pg.systemId().isEmpty()) {
      throw job.refuse("there is no server in " + PgPaths.DATA);
    }
    if (StateFiles.claimed(job, PgPaths.DATA)) {
      throw job.refuse(PgPaths.DATA + " is half made");
    }
    if (StateFiles.there(job, "rewinding")) {
      throw job.refuse("a rewind was cut off: it must not run");
    }
    boolean reopen = job.given("reopen").filter("yes"::equals).isPresent();
    return Course.of(
            () -> {
              if (reopen && pg.hasStandbySignal()) {
                takeSignalAway(job, pg);
              }
            })
        .then(
            () -> {
              boolean leader = job.value("as").equals("leader");
              if (leader == pg.hasStandbySignal()) {
                throw job.refuse(
                    "standby.signal " + pg.hasStandbySignal() + ", to be a " + job.value("as"));
              }
              return start(
                  pg,
                  seconds(job, "patience"),
                  () -> job.fail("it was started and does not answer"));
            });
  }

  /** take_signal_away. */
  private void takeSignalAway(Job job, SimPostgres pg) {
    if (StateFiles.there(job, "fenced")) {
      throw job.refuse("it is fenced");
    }
    if (hasProcess(pg)) {
      throw job.refuse("it runs as a follower");
    }
    pg.standbySignal(false);
  }

  private Look restartIsDone(Job job) {
    SimPostgres pg = pg(job);
    if (!pg.answersSql()) {
      return Look.unknown(sqlError(pg));
    }
    return pg.config().pendingRestart().isEmpty()
        ? Look.DONE
        : Look.notDone("it still runs with the old " + pg.config().pendingRestart());
  }

  private Course restart(Job job) {
    SimPostgres pg = pg(job);
    Duration patience = seconds(job, "patience");
    return Course.of(pg::checkpoint)
        .act(pg::stopFast)
        .until(
            patience,
            () -> !hasProcess(pg),
            () -> {
              throw job.fail("processes are still there");
            })
        .then(() -> start(pg, patience, () -> job.fail("it was started and does not answer")));
  }

  private Look accountIsDone(Job job) {
    SimPostgres pg = pg(job);
    if (!pg.answersSql()) {
      return Look.unknown(sqlError(pg));
    }
    String role = job.value("role");
    if (!pg.roles().contains(role)) {
      return Look.notDone("there is no role " + role);
    }
    return pg.letsIn(role) ? Look.DONE : Look.notDone("role " + role + " can't log in");
  }

  private Course account(Job job) {
    SimPostgres pg = pg(job);
    return Course.of(
        () -> {
          if (!pg.answersSql() || pg.recovering()) {
            throw job.refuse("it is not the leader");
          }
          pg.roles().add(job.value("role"));
          pg.statement();
        });
  }

  private Look slotIsDone(Job job) {
    SimPostgres pg = pg(job);
    if (!pg.answersSql()) {
      return Look.unknown(sqlError(pg));
    }
    if (!pg.slots().containsKey(job.value("slot"))) {
      return Look.notDone("there is no slot " + job.value("slot"));
    }
    job.fact("tablespaces", "1663 30000000 \n1664 600000 ");
    job.fact("wal", "");
    return Look.DONE;
  }

  private Course slot(Job job) {
    SimPostgres pg = pg(job);
    return Course.of(
        () -> {
          if (!pg.answersSql()) {
            throw job.fail(sqlError(pg));
          }
          pg.slots().put(job.value("slot"), pg.wal().end());
        });
  }

  private Look dropSlotIsDone(Job job) {
    SimPostgres pg = pg(job);
    if (!pg.answersSql()) {
      return Look.unknown(sqlError(pg));
    }
    boolean keeps = job.given("keep_active").equals(Optional.of("yes"));
    List<String> there =
        named(job)
            .filter(pg.slots()::containsKey)
            .filter(s -> !keeps || !pg.slotIsActive(s))
            .toList();
    return there.isEmpty() ? Look.DONE : Look.notDone("there still is: " + String.join(" ", there));
  }

  private Course dropSlot(Job job) {
    SimPostgres pg = pg(job);
    return Course.of(
        () -> {
          if (!pg.answersSql()) {
            throw job.fail(pg.hasProcess() ? Trouble.SAID_NO : Trouble.NO_SERVER, sqlError(pg));
          }
          named(job).filter(s -> !pg.slotIsActive(s)).forEach(pg.slots()::remove);
        });
  }

  private static Stream<String> named(Job job) {
    return Arrays.stream(job.value("slot").split(" "));
  }

  private Look durabilityIsDone(Job job) {
    SimPostgres pg = pg(job);
    if (!pg.answersSql()) {
      return Look.unknown(sqlError(pg));
    }
    String names = pg.config().get("synchronous_standby_names");
    String commit = pg.config().get("synchronous_commit");
    return names.equals(job.value("names")) && commit.equals(job.value("commit"))
        ? Look.DONE
        : Look.notDone("it is " + names + ", synchronous_commit = " + commit);
  }

  private Course durability(Job job) {
    SimPostgres pg = pg(job);
    for (String acker : job.given("ackers").map(a -> a.split(" ")).orElse(new String[0])) {
      if (!pg.senders().byName().containsKey(acker)) {
        throw job.refuse(acker + " does not stream from here");
      }
    }
    return Course.of(() -> set(job, pg, "synchronous_commit", job.value("commit")))
        .act(
            () -> {
              set(job, pg, "synchronous_standby_names", job.value("names"));
              pg.reload();
            })
        .until(
            Duration.ofSeconds(5),
            () -> durabilityIsDone(job).done(),
            () -> {
              throw job.fail("after 5 s " + durabilityIsDone(job).why());
            });
  }

  private static Look reachedIsDone(Job job) {
    return StateFiles.text(job, "reached").equals(job.value("operation"))
        ? Look.DONE
        : Look.notDone("they may lack what was acknowledged before");
  }

  private Course reached(Job job) {
    SimPostgres pg = pg(job);
    if (!pg.answersSql() || pg.recovering()) {
      throw job.refuse("it takes no writes");
    }
    List<String> ackers = List.of(job.value("ackers").split(" "));
    long at = pg.wal().end();
    return Course.none()
        .until(
            seconds(job, "patience"),
            () ->
                !pg.answersSql()
                    || ackers.stream()
                            .map(pg.senders().byName()::get)
                            .filter(sender -> sender != null && sender.flushed() >= at)
                            .count()
                        >= Long.parseLong(job.value("needed")),
            () -> {
              throw job.fail("they have not all that was acknowledged before");
            })
        .act(
            () -> {
              if (!pg.answersSql()) {
                throw job.fail(sqlError(pg));
              }
              StateFiles.put(job, "reached", job.value("operation"));
            });
  }

  private static void set(Job job, SimPostgres pg, String name, String value) {
    if (!pg.answersSql()) {
      throw job.fail(sqlError(pg));
    }
    if (!Optional.ofNullable(pg.config().inFiles(name)).equals(Optional.of(value))) {
      pg.config().auto().put(name, value);
    }
  }
}

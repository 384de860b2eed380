package replctl.playbooks.sim.postgresql;

import java.util.Map;
import java.util.TreeMap;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.Scripted;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.StateFiles;
import replctl.playbooks.sim.Twin;
import replctl.playbooks.sim.UnderLock;

/** rewind.sh and rewind-back.sh. */
final class RewindTwins extends PgTwin {
  private static final String NOTE = "rewinding";
  private static final String RESULT = "rewound";

  RewindTwins(PostgresNet net) {
    super(net);
  }

  Map<String, Twin> twins() {
    Map<String, Twin> twins = new TreeMap<>();
    twins.put("rewind", new Scripted(this::isDone, this::perform));
    twins.put("rewind-back", new UnderLock(new Scripted(RewindTwins::backIsDone, this::back)));
    return twins;
  }

  private static String operation(Job job) {
    return job.given("operation").orElse("unnamed");
  }

  @Override
  public Look isDone(Job job) {
    if (StateFiles.there(job, NOTE)) {
      return Look.notDone("a rewind was begun and did not end");
    }
    String result = StateFiles.text(job, RESULT);
    if (!result.startsWith(operation(job) + " ")) {
      return Look.notDone("it was not rewound");
    }
    if (result.endsWith(" aside")) {
      job.fact("rewound", false);
      return Look.DONE;
    }
    job.fact("rewound", true);
    return pg(job).hasStandbySignal() || hasProcess(pg(job))
        ? Look.DONE
        : Look.notDone("standby.signal is missing");
  }

  @Override
  public Course perform(Job job) {
    SimPostgres pg = pg(job);
    if (hasProcess(pg)) {
      throw job.refuse("processes have the data open");
    }
    if (StateFiles.text(job, NOTE).equals("changing")) {
      return broken(job, pg);
    }
    return Course.of(() -> StateFiles.put(job, NOTE, "preparing"))
        .act(() -> RejoinTwins.keepOwn(job))
        .act(() -> pg.recoverAlone())
        .then(
            () -> {
              SimPostgres source = source(job);
              return Course.of(
                      () -> {
                        StateFiles.put(job, NOTE, "changing");
                        pg.breakData();
                      })
                  .lasts(net().dice().between(50, 900) * SimTime.MS)
                  .act(
                      () -> {
                        if (!source.answersSql()) {
                          throw job.fail("pg_rewind: the source does not answer");
                        }
                        finish(job, pg, source);
                      })
                  .act(
                      () -> {
                        StateFiles.put(job, RESULT, operation(job) + " rewound");
                        StateFiles.remove(job, NOTE);
                        StateFiles.remove(job, "own");
                      });
            });
  }

  private SimPostgres source(Job job) {
    String source = job.value("source");
    return RejoinTwins.at(net(), source)
        .filter(s -> s.letsIn(Conninfo.read(source).getOrDefault("user", "")))
        .orElseThrow(
            () -> {
              StateFiles.remove(job, NOTE);
              StateFiles.remove(job, "own");
              return job.refuse("pg_rewind: can't log in to the source");
            });
  }

  /**
   * pg_rewind goes by the timeline in the source's pg_control: before the first checkpoint there it
   * finds nothing to do.
   */
  private static void finish(Job job, SimPostgres pg, SimPostgres source) {
    boolean sees = source.control().timeline() == source.wal().timeline();
    pg.rewind(sees ? source.wal() : pg.wal());
    pg.config().auto().put("primary_conninfo", job.value("conninfo"));
    pg.config().auto().put("primary_slot_name", job.value("slot"));
    RejoinTwins.giveBack(job);
  }

  private static Course broken(Job job, SimPostgres pg) {
    return Course.of(pg::setAside)
        .act(
            () -> {
              StateFiles.put(job, RESULT, operation(job) + " aside");
              StateFiles.remove(job, NOTE);
            });
  }

  private static Look backIsDone(Job job) {
    if (StateFiles.there(job, NOTE)) {
      return !job.performs() && StateFiles.text(job, NOTE).equals("preparing")
          ? Look.DONE
          : Look.notDone("a rewind was begun and did not end");
    }
    return StateFiles.text(job, RESULT).startsWith(operation(job) + " ")
        ? Look.notDone("the data was changed by the rewind")
        : Look.DONE;
  }

  private Course back(Job job) {
    SimPostgres pg = pg(job);
    if (!StateFiles.text(job, NOTE).equals("preparing")) {
      throw job.refuse("there is no way back from it but forward");
    }
    return Course.of(() -> pg.standbySignal(true))
        .act(
            () -> {
              StateFiles.remove(job, NOTE);
              StateFiles.remove(job, "own");
            });
  }
}

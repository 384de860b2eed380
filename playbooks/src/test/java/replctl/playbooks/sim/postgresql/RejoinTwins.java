package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.Scripted;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.StateFiles;
import replctl.playbooks.sim.Twin;
import replctl.playbooks.sim.UnderLock;

/**
 * remains.sh, supply.sh, save-tail.sh, stop-follower.sh, point.sh, set-aside.sh, put-back.sh,
 * own-files.sh.
 */
final class RejoinTwins extends PgTwin {
  /** 16 MiB: the first position of a new server's log lies in its third segment. */
  private static final long SEGMENT = 16L << 20;

  RejoinTwins(PostgresNet net) {
    super(net);
  }

  Map<String, Twin> twins() {
    Map<String, Twin> twins = new TreeMap<>();
    twins.put("remains", new Scripted(this::remains, job -> Course.none()));
    twins.put("supply", new Scripted(this::supply, job -> Course.none()));
    twins.put("save-tail", new Scripted(RejoinTwins::tailIsSaved, this::saveTail));
    twins.put("stop-follower", new Scripted(this::isDone, this::perform));
    twins.put("point", new Scripted(this::pointIsDone, this::point));
    twins.put("set-aside", new Scripted(this::isAside, this::setAside));
    twins.put("put-back", new UnderLock(new Scripted(this::isBack, this::putBack)));
    twins.put("own-files", new Scripted(RejoinTwins::ownIsBack, this::giveBackOwn));
    return twins;
  }

  private Look remains(Job job) {
    SimPostgres pg = pg(job);
    if (StateFiles.there(job, "fenced")) {
      job.fact("fenced", StateFiles.text(job, "fenced"));
    }
    if (pg.systemId().isEmpty()) {
      return Look.DONE;
    }
    job.fact("configured", true);
    job.fact("included", pg.config().isIncluded());
    job.fact("data.parent", true);
    job.fact("data.tablespaces", "0");
    job.fact("data.bytes", "30600000");
    job.fact("restores", false);
    if (job.given("scan").isEmpty()) {
      return Look.DONE;
    }
    List<WalEntry> tail = tail(job, pg);
    job.fact("tail.records", Integer.toString(tail.size()));
    job.fact("tail.transactions", Long.toString(transactions(tail)));
    if (!tail.isEmpty()) {
      job.fact("tail.first", Wal.lsn(tail.get(0).start()));
      job.fact("tail.last", Wal.lsn(tail.get(tail.size() - 1).start()));
      job.fact("tail.bytes", Long.toString(SEGMENT));
    }
    job.fact("tail.more", false);
    job.fact("tail.gone", false);
    job.fact("log.oldest", Long.toString(Wal.FIRST / SEGMENT));
    WalEntry last = pg.wal().get(pg.wal().size() - 1);
    job.fact("log.last", Wal.lsn(last.start()));
    if (job.value("tip").equals("yes") && tail.isEmpty()) {
      job.fact("tip.timeline", Integer.toString(last.timeline()));
      job.fact("tip.at", Wal.lsn(last.start()));
      job.fact("tip.sum", last.toString());
    }
    return Look.DONE;
  }

  private static List<WalEntry> tail(Job job, SimPostgres pg) {
    long fork = job.given("fork").map(Wal::position).orElse(Long.MAX_VALUE);
    return pg.wal().entries().stream().filter(e -> e.start() >= fork).toList();
  }

  private static long transactions(List<WalEntry> tail) {
    return tail.stream().filter(e -> e.write() != 0).count();
  }

  private Look supply(Job job) {
    SimPostgres pg = pg(job);
    job.fact("log.oldest", Long.toString(Wal.FIRST / SEGMENT));
    job.fact("bytes", "30600000");
    job.given("at")
        .map(Wal::position)
        .flatMap(at -> pg.wal().entries().stream().filter(e -> e.start() == at).findFirst())
        .ifPresent(
            entry -> job.fact("tip", entry.toString().equals(job.value("sum")) ? "same" : "other"));
    return Look.DONE;
  }

  private static String place(Job job) {
    return "divergence/" + job.given("operation").orElse("unnamed");
  }

  private static Look tailIsSaved(Job job) {
    if (!StateFiles.there(job, place(job))) {
      return Look.notDone("it is not kept yet");
    }
    job.fact("saved", place(job));
    return Look.DONE;
  }

  private Course saveTail(Job job) {
    SimPostgres pg = pg(job);
    if (hasProcess(pg)) {
      throw job.refuse("processes have the data open");
    }
    String tail =
        tail(job, pg).stream().map(e -> Long.toString(e.write())).collect(Collectors.joining(" "));
    return Course.none()
        .lasts(net().dice().between(5, 200) * SimTime.MS)
        .act(() -> StateFiles.put(job, place(job), tail));
  }

  /** stop-follower.sh. */
  @Override
  public Look isDone(Job job) {
    return hasProcess(pg(job)) ? Look.notDone("the server runs") : Look.DONE;
  }

  @Override
  public Course perform(Job job) {
    SimPostgres pg = pg(job);
    if (pg.open()) {
      throw job.refuse("it is open as a leader");
    }
    return Course.of(pg::stopFast)
        .until(seconds(job, "patience"), () -> !hasProcess(pg), pg::stopImmediate)
        .until(
            Duration.ofSeconds(5),
            () -> !hasProcess(pg),
            () -> {
              throw job.fail("processes are still there");
            });
  }

  private Look pointIsDone(Job job) {
    SimPostgres pg = pg(job);
    if (StateFiles.there(job, "rewinding")) {
      return Look.notDone("a rewind was begun and did not end");
    }
    return pg.hasStandbySignal()
            && pg.config().inFiles("primary_conninfo").equals(job.value("conninfo"))
            && pg.config().inFiles("primary_slot_name").equals(job.value("slot"))
        ? Look.DONE
        : Look.notDone("it is set to receive from elsewhere");
  }

  private Course point(Job job) {
    SimPostgres pg = pg(job);
    if (hasProcess(pg)) {
      throw job.refuse("processes have the data open");
    }
    if (StateFiles.there(job, "rewinding")) {
      throw job.refuse("it must be replaced by a copy");
    }
    return Course.of(() -> pg.standbySignal(true))
        .act(
            () -> {
              pg.config().auto().put("primary_conninfo", job.value("conninfo"));
              pg.config().auto().put("primary_slot_name", job.value("slot"));
            });
  }

  private static String operation(Job job) {
    return job.given("operation").orElse("unnamed");
  }

  private Look isAside(Job job) {
    if (!StateFiles.text(job, "aside").equals(operation(job) + " renamed")) {
      return Look.notDone("the data is where it was");
    }
    return pg(job).aside().isPresent() ? Look.DONE : Look.notDone("the data is where it was");
  }

  private Course setAside(Job job) {
    SimPostgres pg = pg(job);
    if (hasProcess(pg)) {
      throw job.refuse("processes have the data open");
    }
    if (pg.systemId().isEmpty()) {
      throw job.refuse("there is no data");
    }
    return Course.of(() -> keepOwn(job))
        .act(() -> StateFiles.put(job, "aside", operation(job) + " renamed"))
        .act(pg::setAside)
        .act(() -> StateFiles.remove(job, "rewinding"));
  }

  /** keep_own: the configuration, as far as a simulated server has any. */
  static void keepOwn(Job job) {
    if (!StateFiles.there(job, "own")) {
      String config = job.host().files().getOrDefault(PgPaths.CONFIG, "");
      String block = job.host().files().getOrDefault(PgPaths.HBA_BLOCK, "");
      StateFiles.put(job, "own", config + "\f" + block);
    }
  }

  static void giveBack(Job job) {
    String[] own = StateFiles.text(job, "own").split("\f", 2);
    if (own.length == 2) {
      put(job, PgPaths.CONFIG, own[0]);
      put(job, PgPaths.HBA_BLOCK, own[1]);
    }
  }

  private static void put(Job job, String file, String text) {
    if (text.isEmpty()) {
      job.host().files().remove(file);
    } else {
      job.host().files().put(file, text);
    }
  }

  private Look isBack(Job job) {
    if (!StateFiles.text(job, "aside").startsWith(operation(job) + " ")) {
      return Look.DONE;
    }
    boolean can = pg(job).aside().isEmpty() || pg(job).systemId().isEmpty();
    return !job.performs() && can
        ? Look.DONE
        : Look.notDone("the data that was there before is not back");
  }

  private Course putBack(Job job) {
    SimPostgres pg = pg(job);
    if (hasProcess(pg)) {
      throw job.refuse("processes have the data open");
    }
    if (pg.aside().isPresent() && pg.systemId().isPresent()) {
      throw job.refuse("a copy has taken its place");
    }
    if (pg.aside().isEmpty()) {
      return Course.of(() -> StateFiles.remove(job, "aside"));
    }
    return Course.of(pg::putBack)
        .act(
            () -> {
              StateFiles.remove(job, "own");
              StateFiles.remove(job, "aside");
            });
  }

  private static Look ownIsBack(Job job) {
    return StateFiles.there(job, "own")
        ? Look.notDone("the node's own files are not back")
        : Look.DONE;
  }

  private Course giveBackOwn(Job job) {
    SimPostgres pg = pg(job);
    if (hasProcess(pg) || pg.systemId().isEmpty()) {
      throw job.refuse("there is no copy yet");
    }
    return Course.of(() -> giveBack(job)).act(() -> StateFiles.remove(job, "own"));
  }

  /** Where a step's server is reached, by a connection string of its values. */
  static Optional<SimPostgres> at(PostgresNet net, String conninfo) {
    return net.at(Conninfo.read(conninfo).getOrDefault("host", ""))
        .filter(s -> s.answersSql() && s.standing());
  }
}

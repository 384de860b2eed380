package replctl.playbooks.sim.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.Scripted;
import replctl.playbooks.sim.StateFiles;
import replctl.playbooks.sim.Twin;

/**
 * salvage-give.sh, salvage-take.sh, salvage-apply.sh: transactions are carried by their names, a
 * few in each piece.
 */
final class SalvageTwins extends MyTwin {
  private static final String STREAM = "salvage/stream";
  private static final int PIECE = 5;
  private static final String TAKEN = "taken";

  /** What was given, by its name: what a piece has of its bytes. */
  private final Map<String, Txn> given = new TreeMap<>();

  SalvageTwins(MysqlNet net) {
    super(net);
  }

  Map<String, Twin> twins() {
    return Map.of(
        "salvage-give",
        new Scripted(this::give, SalvageTwins::onlyLooks),
        "salvage-take",
        new Scripted(SalvageTwins::isTaken, SalvageTwins::take),
        "salvage-apply",
        this);
  }

  private static Course onlyLooks(Job job) {
    throw job.refuse("it only looks");
  }

  private Look give(Job job) {
    SimMysql my = my(job);
    if (hasProcess(my)) {
      return Look.notDone("its server runs");
    }
    Gtids theirs = Gtids.of(job.value("theirs"));
    if (!my.data().purged().without(theirs).isEmpty()) {
      return Look.notDone("its logs have no more what came before");
    }
    List<Txn> missing = new ArrayList<>();
    for (int place = my.data().begin(); place < my.data().end(); place++) {
      Txn txn = my.data().at(place);
      if (!theirs.has(txn)) {
        missing.add(txn);
      }
    }
    if (job.given("manifest").isPresent()) {
      piece(job, missing);
    } else {
      there(job, missing);
    }
    return Look.DONE;
  }

  private static void there(Job job, List<Txn> missing) {
    Gtids set = new Gtids();
    missing.forEach(set::add);
    job.fact("manifest", missing.isEmpty() ? "" : "binlog.000001:0:0:" + missing.size());
    job.fact("bytes", Integer.toString(missing.size()));
    job.fact("set", set.toString());
    job.fact("transactions", Integer.toString(missing.size()));
  }

  private void piece(Job job, List<Txn> missing) {
    int at = Integer.parseInt(job.value("at"));
    int next = Math.min(at + PIECE, Integer.parseInt(job.value("bytes")));
    List<Txn> part = missing.subList(at, next);
    part.forEach(txn -> given.put(txn.toString(), txn));
    job.fact("data.0", part.stream().map(Txn::toString).collect(Collectors.joining(" ")));
    job.fact("next", Integer.toString(next));
  }

  private static Look isTaken(Job job) {
    return job.remembered(TAKEN).isPresent() ? Look.DONE : Look.notDone("it is not written yet");
  }

  private static List<String> stream(Job job) {
    return Stream.of(StateFiles.text(job, STREAM).split(" ")).filter(n -> !n.isEmpty()).toList();
  }

  private static Course take(Job job) {
    int at = Integer.parseInt(job.value("at"));
    return Course.of(
            () -> {
              if (at == 0) {
                StateFiles.put(job, STREAM, "");
              }
              if (stream(job).size() < at) {
                throw job.refuse("what comes before it is not there");
              }
            })
        .act(
            () -> {
              List<String> kept = stream(job).subList(0, at);
              String all = String.join(" ", kept) + " " + job.value("data.0");
              StateFiles.put(job, STREAM, all.trim());
              if (stream(job).size() != Integer.parseInt(job.value("next"))) {
                throw job.fail("a piece of it came damaged");
              }
              job.remember(TAKEN, "yes");
            });
  }

  /** salvage-apply.sh. */
  @Override
  public Look isDone(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      return Look.unknown(sqlError(my));
    }
    return my.data().executed().containsAll(Gtids.of(job.value("set")))
        ? Look.DONE
        : Look.notDone("it has not got all of it");
  }

  @Override
  public Course perform(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    FrozenNote note =
        FrozenNote.of(job)
            .orElseThrow(() -> job.refuse("it was not told to stand still by this operation"));
    Look stands = PromotionTwins.stands(my);
    if (!stands.done() || !my.isSuperReadOnly()) {
      throw job.refuse("it does not stand still, closed: " + stands.why());
    }
    Course course = PromotionTwins.applied(job, my);
    for (String name : stream(job)) {
      // One at a time: it may be broken off between any two.
      course.act(() -> say(job, my, () -> my.apply(given.get(name))));
    }
    return course
        .act(() -> StateFiles.remove(job, STREAM))
        .act(() -> note.at(my.channel().held()).write(job))
        .act(() -> job.fact("note", job.value("transactions") + " transactions were fetched"));
  }
}

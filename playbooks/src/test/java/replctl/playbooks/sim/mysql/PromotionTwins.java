package replctl.playbooks.sim.mysql;

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
import replctl.playbooks.sim.UnderLock;

/** freeze.sh, thaw.sh, fetch.sh, promote.sh, epoch-row.sh. */
final class PromotionTwins extends MyTwin {
  private static final String FOLLOWS = "it follows";

  PromotionTwins(MysqlNet net) {
    super(net);
  }

  Map<String, Twin> twins() {
    Map<String, Twin> twins = new TreeMap<>();
    twins.put("freeze", new Scripted(this::freezeIsDone, this::freeze));
    twins.put("thaw", new Scripted(PromotionTwins::thawIsDone, this::thaw));
    twins.put("fetch", new Scripted(this::fetchIsDone, this::fetch));
    twins.put("promote", new UnderLock(this));
    twins.put("epoch-row", new Scripted(this::rowIsDone, this::writeRow));
    return twins;
  }

  static Look stands(SimMysql my) {
    if (!my.answersSql()) {
      return Look.unknown(sqlError(my));
    }
    if (my.data().source().isEmpty()) {
      return Look.notDone("it follows nobody");
    }
    return my.channel().stands() ? Look.DONE : Look.notDone("it receives, or would");
  }

  private Look freezeIsDone(Job job) {
    SimMysql my = my(job);
    if (!hasProcess(my)) {
      return Look.notDone("the server does not run");
    }
    if (FrozenNote.of(job).isEmpty()) {
      return Look.notDone("it was not told to stand still");
    }
    Look stands = stands(my);
    if (stands.done() && FrozenNote.of(job).orElseThrow().at().isEmpty()) {
      return Look.notDone("what it had then is not written down");
    }
    if (stands.done()) {
      job.fact("position", my.channel().held().toString());
    }
    return stands;
  }

  private Course freeze(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql() || !my.isSuperReadOnly()) {
      throw job.refuse("the server does not run closed: " + readOnly(my));
    }
    if (my.data().source().isEmpty()) {
      throw job.refuse("it does not follow");
    }
    return Course.of(
            () -> {
              if (FrozenNote.of(job).isEmpty()) {
                new FrozenNote(
                        job.value("operation"),
                        my.data().source().orElseThrow().host(),
                        !my.channel().stands(),
                        "")
                    .write(job);
              }
            })
        .act(() -> say(job, my, my.channel()::stopReceiver))
        .act(
            () -> {
              Look stands = stands(my);
              if (!stands.done()) {
                throw job.fail(stands.why());
              }
              Gtids has = my.channel().held();
              FrozenNote note = FrozenNote.of(job).orElseThrow();
              if (has.containsAll(Gtids.of(note.at()))) {
                note.at(has).write(job);
              }
            });
  }

  private static Look thawIsDone(Job job) {
    return FrozenNote.of(job).isPresent() ? Look.notDone("it is frozen") : Look.DONE;
  }

  private Course thaw(Job job) {
    SimMysql my = my(job);
    FrozenNote note = FrozenNote.of(job).orElseThrow();
    ask(job, my);
    Optional<String> now = my.data().source().map(Data.Source::host);
    Course course = Course.none();
    if (now.isPresent() && !now.get().equals(note.host())) {
      course
          .act(() -> say(job, my, my.channel()::stopReceiver))
          .act(() -> say(job, my, () -> my.channel().point(new Data.Source(note.host(), ACCOUNT))));
    }
    return course
        .act(
            () ->
                say(
                    job,
                    my,
                    () -> {
                      if (now.isPresent() && note.received()) {
                        my.channel().startReceiver();
                      }
                    }))
        .act(() -> StateFiles.remove(job, FROZEN));
  }

  private Look fetchIsDone(Job job) {
    SimMysql my = my(job);
    Look stands = stands(my);
    if (!stands.done()) {
      return stands;
    }
    return my.channel().held().containsAll(Gtids.of(job.value("position")))
        ? Look.DONE
        : Look.notDone("it has not got everything");
  }

  private Course fetch(Job job) {
    SimMysql my = my(job);
    FrozenNote note =
        FrozenNote.of(job).orElseThrow(() -> job.refuse("it was not told to stand still"));
    Look stands = stands(my);
    if (!stands.done() || !my.isSuperReadOnly()) {
      throw job.refuse("it does not stand still, closed: " + stands.why());
    }
    Gtids wanted = Gtids.of(job.value("position"));
    return applied(job, my)
        .act(
            () ->
                say(
                    job,
                    my,
                    () -> my.channel().point(new Data.Source(job.value("from_host"), ACCOUNT))))
        .act(() -> say(job, my, my.channel()::start))
        .until(
            seconds(job, "patience"),
            () -> my.channel().held().containsAll(wanted) || my.channel().stands(),
            () -> {})
        .act(() -> say(job, my, my.channel()::stopReceiver))
        .act(() -> note.at(my.channel().held()).write(job));
  }

  /** await_applied. */
  static Course applied(Job job, SimMysql my) {
    return Course.of(() -> say(job, my, my.channel()::startApplier))
        .until(
            seconds(job, "patience"),
            () -> !my.answersSql() || my.data().executed().containsAll(my.channel().received()),
            late(() -> job.refuse("it has not applied all that it received")));
  }

  /** promote.sh. */
  @Override
  public Look isDone(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      if (hasProcess(my)) {
        return Look.unknown(sqlError(my));
      }
      job.fact("open", false);
      return Look.notDone("the server does not run");
    }
    switch (readOnly(my)) {
      case "00" -> {
        job.fact("open", true);
        return Look.DONE;
      }
      case "11" -> {
        job.fact("open", false);
        return Look.notDone(FOLLOWS);
      }
      default -> {
        return Look.unknown("it takes no writes but of accounts that may do all");
      }
    }
  }

  @Override
  public Course perform(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    Optional<FrozenNote> note = FrozenNote.of(job);
    if (note.isEmpty()) {
      throw job.refuse("it was not told to stand still by this operation");
    }
    return Course.of(() -> my.superReadOnly(true))
        .act(
            () -> {
              Look stands = stands(my);
              Gtids had = Gtids.of(note.get().at());
              if (note.get().at().isEmpty() || !stands.done()) {
                throw job.refuse("it does not stand still: " + stands.why());
              }
              boolean less = !my.channel().held().containsAll(had);
              if (less && net().remembers(MysqlNet.Forgotten.STOOD_STILL)) {
                throw job.refuse("it has less than when it stood still");
              }
            })
        .then(() -> net().remembers(MysqlNet.Forgotten.APPLIED) ? applied(job, my) : Course.none())
        .act(() -> say(job, my, my.channel()::stop))
        .act(
            () -> {
              boolean all = my.data().executed().containsAll(my.channel().received());
              if (!all && net().remembers(MysqlNet.Forgotten.APPLIED)) {
                throw job.refuse("not all that it received is applied");
              }
            })
        .then(() -> open(job, my))
        .act(() -> say(job, my, my.channel()::forget))
        .act(() -> StateFiles.remove(job, FROZEN))
        .act(() -> job.fact("open", true));
  }

  /** part/opening.sh: a statement at a time. */
  private Course open(Job job, SimMysql my) {
    SemiSync asked = semiSync(job);
    return Course.of(() -> say(job, my, () -> my.commits().enable(false, my.data())))
        .act(
            () ->
                say(
                    job,
                    my,
                    () -> {
                      my.readOnly(true);
                      my.superReadOnly(false);
                    }))
        .act(() -> say(job, my, () -> row(job, my, () -> {})))
        .act(
            () ->
                say(
                    job,
                    my,
                    () -> {
                      if (net().remembers(MysqlNet.Forgotten.WAITS_FIRST)) {
                        asked.tell(my);
                      }
                    }))
        .act(() -> say(job, my, () -> my.readOnly(false)))
        .lasts(net().remembers(MysqlNet.Forgotten.WAITS_FIRST) ? 0 : 20 * SimTime.MS)
        .act(() -> say(job, my, () -> asked.tell(my)));
  }

  private Look rowIsDone(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      return Look.notDone(sqlError(my));
    }
    if (!hasRow(job, my)) {
      return Look.notDone("table replctl.epoch has no row of this operation");
    }
    return my.data().source().isPresent()
        ? Look.notDone("it still has the channel that it followed by")
        : Look.DONE;
  }

  private Course writeRow(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    if (my.isReadOnly() || !my.channel().stands()) {
      throw job.refuse("it does not lead");
    }
    boolean[] written = {hasRow(job, my)};
    return Course.of(() -> say(job, my, my.channel()::forget))
        .act(() -> StateFiles.remove(job, FROZEN))
        .act(() -> say(job, my, () -> writeOnce(job, my, written)))
        .until(
            Duration.ofSeconds(20),
            () -> written[0] || !my.answersSql(),
            late(() -> job.fail("no answer after 20 s")));
  }

  private static void writeOnce(Job job, SimMysql my, boolean[] written) {
    if (!written[0]) {
      row(job, my, () -> written[0] = true);
    }
  }
}

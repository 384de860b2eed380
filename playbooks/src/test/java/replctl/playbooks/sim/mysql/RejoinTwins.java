package replctl.playbooks.sim.mysql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

/**
 * remains.sh, supply.sh, hold.sh, save-tail.sh, discard.sh, lacks-nothing.sh, inject.sh,
 * set-aside.sh, copy.sh, tidy.sh.
 */
final class RejoinTwins extends MyTwin {
  private static final String CLONED = "cloned";

  RejoinTwins(MysqlNet net) {
    super(net);
  }

  Map<String, Twin> twins() {
    Map<String, Twin> twins = new TreeMap<>();
    twins.put("remains", new Scripted(this::remains, job -> Course.none()));
    twins.put("supply", this);
    twins.put("hold", new Scripted(this::holdIsDone, this::hold));
    twins.put("save-tail", new Scripted(RejoinTwins::saved, this::save));
    twins.put("discard", new Scripted(this::discardIsDone, this::discard));
    twins.put(
        "lacks-nothing", new Scripted(this::lacksNothing, job -> refused(lacksNothing(job), job)));
    twins.put("inject", new Scripted(this::injectIsDone, this::inject));
    twins.put("set-aside", new Scripted(RejoinTwins::asideIsDone, this::setAside));
    twins.put("copy", new Scripted(this::copyIsDone, this::copy));
    twins.put("tidy", new Scripted(this::tidyIsDone, this::tidy));
    return twins;
  }

  private static Course refused(Look look, Job job) {
    throw job.refuse(look.why());
  }

  /** look_for_own: by its server where that answers, else by its logs alone. */
  private static Gtids has(SimMysql my) {
    if (my.answersSql()) {
      return my.data().executed();
    }
    Gtids logged = new Gtids();
    for (int place = my.data().begin(); place < my.data().end(); place++) {
      logged.add(my.data().at(place));
    }
    return logged;
  }

  private Look remains(Job job) {
    SimMysql my = my(job);
    if (!my.hasData()) {
      job.fact("has.why", "there is no data in " + MyPaths.DATA);
      return Look.DONE;
    }
    job.fact("closed", my.startsClosed());
    job.fact("data.bytes", "1000000");
    job.fact("aside.free", "80000000000");
    job.fact("aside.place", StateFiles.path(job, "aside"));
    if (hasProcess(my) && !my.answersSql()) {
      job.fact("has.why", "its server runs and does not answer");
      return Look.DONE;
    }
    Gtids theirs = Gtids.of(job.value("theirs"));
    Gtids has = has(my);
    Gtids received = my.channel().received();
    known(job, "has.executed", has);
    known(job, "has.received", received);
    job.fact("has.exact", my.answersSql());
    own(job, my, has.without(theirs), received.without(theirs).without(has));
    return Look.DONE;
  }

  private static void own(Job job, SimMysql my, Gtids own, Gtids waiting) {
    known(job, "own.waiting", waiting);
    if (own.isEmpty()) {
      return;
    }
    known(job, "own.set", own);
    List<Txn> found = found(my, own);
    boolean harmless = found.stream().allMatch(t -> t.change() instanceof Txn.Other);
    job.fact("own.whole", !own.isEmpty());
    job.fact("own.transactions", Integer.toString(found.size()));
    job.fact("own.harmless", harmless);
  }

  private static List<Txn> found(SimMysql my, Gtids set) {
    List<Txn> found = new ArrayList<>();
    for (int place = my.data().begin(); place < my.data().end(); place++) {
      Txn txn = my.data().at(place);
      if (set.has(txn)) {
        found.add(txn);
      }
    }
    return found;
  }

  private static void known(Job job, String name, Gtids set) {
    if (!set.isEmpty()) {
      job.fact(name, set.toString());
    }
  }

  /** supply.sh. */
  @Override
  public Look isDone(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      return Look.unknown(sqlError(my));
    }
    job.fact("now.executed", my.data().executed().toString());
    job.fact("now.purged", my.data().purged().toString());
    job.fact("data.bytes", "1000000");
    return Look.DONE;
  }

  @Override
  public Course perform(Job job) {
    throw job.refuse("it only looks");
  }

  private Look holdIsDone(Job job) {
    SimMysql my = my(job);
    if (!hasProcess(my)) {
      return Look.DONE;
    }
    if (!my.answersSql()) {
      return Look.unknown(sqlError(my));
    }
    boolean held = my.channel().stands() && !my.channel().applies();
    boolean going = !my.channel().stands() && my.channel().applies();
    boolean wished =
        job.value("wish").equals("held") ? held : going || my.data().source().isEmpty();
    return wished ? Look.DONE : Look.notDone("it does otherwise");
  }

  private Course hold(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    return Course.of(
        () ->
            say(
                job,
                my,
                () -> {
                  if (job.value("wish").equals("held")) {
                    my.channel().stop();
                  } else {
                    my.channel().start();
                  }
                }));
  }

  private static String place(Job job) {
    return "divergence/" + job.value("operation");
  }

  private static Look saved(Job job) {
    return StateFiles.there(job, place(job)) ? Look.DONE : Look.notDone("it is not kept yet");
  }

  private Course save(Job job) {
    SimMysql my = my(job);
    if (my.answersSql() && !my.isReadOnly()) {
      throw job.refuse("it takes writes");
    }
    if (hasProcess(my) && !my.answersSql()) {
      throw job.refuse("its server runs and does not answer");
    }
    Gtids own = has(my).without(Gtids.of(job.value("theirs")));
    return Course.none()
        .lasts(50 * SimTime.MS)
        .act(
            () ->
                StateFiles.put(
                    job,
                    place(job),
                    String.join("\n", found(my, own).stream().map(t -> "" + t.change()).toList())));
  }

  private Gtids waiting(Job job) {
    SimMysql my = my(job);
    return my.channel()
        .received()
        .without(my.data().executed())
        .without(Gtids.of(job.value("theirs")));
  }

  private Look discardIsDone(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      return Look.notDone(sqlError(my));
    }
    return waiting(job).isEmpty()
        ? Look.DONE
        : Look.notDone("it has received and not applied " + waiting(job));
  }

  private Course discard(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    if (!my.channel().stands() || my.channel().applies()) {
      throw job.refuse("it receives or applies");
    }
    return Course.of(() -> say(job, my, my.channel()::drop));
  }

  private Look lacksNothing(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      return hasProcess(my) ? Look.unknown(sqlError(my)) : Look.notDone("it does not run");
    }
    if (!my.isSuperReadOnly()) {
      return Look.notDone("it takes writes, or may");
    }
    Gtids own = my.data().executed().without(Gtids.of(job.value("theirs")));
    if (!own.isEmpty()) {
      return Look.notDone("it has transactions of its own: " + own);
    }
    Gtids lacks = Gtids.of(job.value("purged")).without(my.data().executed());
    return lacks.isEmpty() ? Look.DONE : Look.notDone("it lacks " + lacks);
  }

  private Look injectIsDone(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      return Look.unknown(sqlError(my));
    }
    return my.data().executed().containsAll(Gtids.of(job.value("set")))
        ? Look.DONE
        : Look.notDone("it does not count " + job.value("set") + " as done");
  }

  private Course inject(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    if (my.isReadOnly()) {
      throw job.refuse("it does not take writes");
    }
    return Course.of(
            () ->
                say(
                    job,
                    my,
                    () ->
                        Gtids.of(job.value("set"))
                            .without(my.data().executed())
                            .members()
                            .forEach(my::apply)))
        .until(
            Duration.ofMinutes(4),
            () -> injectIsDone(job).done() || !my.answersSql(),
            late(() -> job.fail("nobody acknowledges them")));
  }

  private static Look asideIsDone(Job job) {
    return StateFiles.there(job, "aside/" + job.value("operation"))
        ? Look.DONE
        : Look.notDone("it is not kept yet");
  }

  private Course setAside(Job job) {
    SimMysql my = my(job);
    if (!my.hasData()) {
      throw job.refuse("there is no data");
    }
    if (hasProcess(my) && (!my.answersSql() || !my.isReadOnly())) {
      throw job.refuse("it takes writes, or does not answer");
    }
    return Course.of(my::stop)
        .until(
            seconds(job, "patience"),
            () -> !hasProcess(my),
            late(() -> job.fail("processes still have the data open")))
        .lasts(100 * SimTime.MS)
        .act(
            () ->
                StateFiles.put(
                    job,
                    "aside/" + job.value("operation"),
                    String.join(
                        "\n", found(my, my.logged()).stream().map(t -> "" + t.change()).toList())));
  }

  private Look copyIsDone(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      return Look.notDone(sqlError(my));
    }
    if (!my.data().identity().equals(Optional.of(job.value("copies")))) {
      return Look.notDone("its data is no copy");
    }
    boolean replaces = job.given("replace").equals(Optional.of("yes"));
    if (replaces && !StateFiles.text(job, CLONED).equals(job.value("operation"))) {
      return Look.notDone("it was not copied anew");
    }
    if (!my.isSuperReadOnly()) {
      return Look.notDone("it is open");
    }
    my.note(job.value("copies"));
    return Look.DONE;
  }

  /** CLONE INSTANCE: its server restarts with the copy; the donor's channel comes along. */
  private Course copy(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    boolean replaces = job.given("replace").equals(Optional.of("yes"));
    if (!my.isSuperReadOnly()) {
      throw job.refuse("its configuration does not close it");
    }
    if (!replaces && !my.isPristine()) {
      throw job.refuse("there are schemas or accounts of somebody's");
    }
    Optional<SimMysql> donor = net().at(job.value("donor_host")).filter(SimMysql::answersAfar);
    if (donor.isEmpty() || !net().linked(my, donor.get())) {
      throw job.refuse("CLONE: the donor does not answer");
    }
    int before = my.session();
    return Course.of(() -> StateFiles.remove(job, CLONED))
        .act(
            () -> {
              if (replaces) {
                my.readOnly(true);
                my.superReadOnly(false);
              }
            })
        .lasts(300 * SimTime.MS)
        .act(
            () -> {
              if (!donor.get().answersAfar() || !my.answersSql()) {
                throw job.fail("CLONE was broken off");
              }
              my.killed();
              my.place(Optional.of(donor.get().data().cloned()));
              my.channel().reset();
            })
        .then(
            () ->
                start(
                    job, my, seconds(job, "patience"), () -> job.fail("the copy does not answer")))
        .act(
            () -> {
              if (my.session() == before || !my.isSuperReadOnly()) {
                throw job.fail("the copy is open");
              }
            })
        .act(() -> say(job, my, my.channel()::forget))
        .act(() -> StateFiles.put(job, CLONED, job.value("operation")));
  }

  private Look tidyIsDone(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      return Look.unknown(sqlError(my));
    }
    return my.isSuperReadOnly() && !my.hasScheduler() && !my.commits().enabled()
        ? Look.DONE
        : Look.notDone("it is as a leader is");
  }

  private Course tidy(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    if (!my.isReadOnly()) {
      throw job.refuse("it takes writes");
    }
    return Course.of(
        () ->
            say(
                job,
                my,
                () -> {
                  my.commits().enable(false, my.data());
                  my.superReadOnly(true);
                  my.scheduler(false);
                }));
  }
}

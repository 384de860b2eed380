package replctl.playbooks.sim.mysql;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.PasswordTwins;
import replctl.playbooks.sim.Scripted;
import replctl.playbooks.sim.StateFiles;
import replctl.playbooks.sim.Twin;

/** start.sh, open.sh, durability.sh, lead.sh, step-down.sh, may-follow.sh. */
final class ServerTwins extends MyTwin {
  static final String LEFT = "left";

  ServerTwins(MysqlNet net) {
    super(net);
  }

  Map<String, Twin> twins() {
    Map<String, Twin> twins = new TreeMap<>();
    twins.put("start", this);
    twins.put("open", new Scripted(this::openIsDone, this::open));
    twins.put("durability", new Scripted(this::durabilityIsDone, this::durability));
    twins.put("lead", new Scripted(this::leadIsDone, this::lead));
    twins.put("step-down", new Scripted(this::stepDownIsDone, this::stepDown));
    twins.put("may-follow", new Scripted(ServerTwins::notAsked, this::mayFollow));
    return twins;
  }

  /** start.sh. */
  @Override
  public Look isDone(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      return Look.notDone("the server does not answer");
    }
    if (!my.isSuperReadOnly() && !job.value("as").equals("leading")) {
      return Look.notDone("it takes writes");
    }
    return job.value("as").equals("follower") ? receives(job, my) : Look.DONE;
  }

  private static Look receives(Job job, SimMysql my) {
    if (my.data().source().isEmpty()) {
      return Look.notDone("it has nobody to receive from");
    }
    boolean stands = StateFiles.there(job, FROZEN) || StateFiles.there(job, FENCED);
    return my.channel().stands() && !stands ? Look.notDone("it does not receive") : Look.DONE;
  }

  @Override
  public Course perform(Job job) {
    SimMysql my = my(job);
    if (!my.hasData()) {
      throw job.refuse("there is no server in " + MyPaths.DATA);
    }
    if (my.isMasked()) {
      throw job.refuse("its unit is masked");
    }
    Course course = Course.none();
    if (!my.answersSql()) {
      if (!my.startsClosed()) {
        throw job.refuse("it would come up open");
      }
      course.then(
          () -> start(job, my, seconds(job, "patience"), () -> job.fail("it does not answer")));
    }
    return course.act(
        () ->
            say(
                job,
                my,
                () -> {
                  if (!my.isSuperReadOnly()) {
                    throw job.fail("it takes writes, and is not closed here");
                  }
                  if (job.value("as").equals("follower")
                      && receives(job, my).why().equals("it does not receive")) {
                    my.channel().start();
                  }
                }));
  }

  private Look openIsDone(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      return Look.notDone("the server does not answer");
    }
    if (my.isReadOnly()) {
      return Look.notDone("it takes no writes");
    }
    if (!semiSync(job).isSet(my)) {
      return Look.notDone("its commits do not wait as they must");
    }
    return job.given("promise").isEmpty()
            || my.data().epochs().containsKey(Long.parseLong(job.value("promise")))
        ? Look.DONE
        : Look.notDone("its data does not tell of epoch " + job.value("promise"));
  }

  private Course open(Job job) {
    SimMysql my = my(job);
    if (!my.hasData()) {
      throw job.refuse("there is no server in " + MyPaths.DATA);
    }
    if (StateFiles.there(job, FENCED)) {
      throw job.refuse("it is fenced");
    }
    boolean runs = my.answersSql();
    Course course = Course.none();
    if (!runs) {
      if (!my.startsClosed()) {
        throw job.refuse("it would come up open before it may");
      }
      course.then(
          () -> start(job, my, seconds(job, "patience"), () -> job.fail("it does not answer")));
    }
    return course
        .act(
            () -> {
              Optional<String> not = mayNotBeOpened(job, my);
              if (not.isPresent()) {
                throw runs ? job.refuse(not.get()) : job.fail(not.get());
              }
            })
        .then(() -> my.isReadOnly() ? openNow(job, my) : tellEpoch(job, my));
  }

  /** may_be_opened. */
  private static Optional<String> mayNotBeOpened(Job job, SimMysql my) {
    ask(job, my);
    if (my.data().source().isPresent() && !(my.guard().led() && my.channel().stands())) {
      return Optional.of("it is set to receive from another");
    }
    for (String line : job.given("others").orElse("").lines().toList()) {
      String[] words = line.split(" ", 2);
      if (words.length == 2 && !my.data().executed().containsAll(Gtids.of(words[1]))) {
        return Optional.of(words[0] + " has transactions that it lacks");
      }
    }
    return Optional.empty();
  }

  /** open_statement row, a statement at a time. */
  private static Course openNow(Job job, SimMysql my) {
    return Course.of(
            () ->
                say(
                    job,
                    my,
                    () -> {
                      my.commits().enable(false, my.data());
                      my.readOnly(true);
                    }))
        .act(() -> say(job, my, () -> my.superReadOnly(false)))
        .act(() -> say(job, my, () -> row(job, my, () -> {})))
        .act(() -> say(job, my, () -> semiSync(job).tell(my)))
        .act(
            () ->
                say(
                    job,
                    my,
                    () -> {
                      my.superReadOnly(false);
                      my.readOnly(false);
                      my.scheduler(true);
                    }));
  }

  /** tell_epoch: on a server that takes writes the row waits as every commit. */
  private static Course tellEpoch(Job job, SimMysql my) {
    boolean[] written = {false};
    return Course.of(() -> say(job, my, () -> row(job, my, () -> written[0] = true)))
        .until(
            java.time.Duration.ofSeconds(10),
            () -> written[0] || !my.answersSql(),
            late(() -> job.fail("it takes writes, and the epoch's row waits")));
  }

  private Look durabilityIsDone(Job job) {
    if (!StateFiles.text(job, SemiSync.FILE).equals(text(job))) {
      return Look.notDone("semi-sync is missing or says something else");
    }
    SimMysql my = my(job);
    return leads(my) && !semiSync(job).isSet(my)
        ? Look.notDone("its commits do not wait as they must")
        : Look.DONE;
  }

  private static boolean leads(SimMysql my) {
    return my.answersSql() && !my.isReadOnly();
  }

  private static String text(Job job) {
    String needed = job.value("needed");
    return "needed "
        + needed
        + "\n"
        + (needed.equals("0")
            ? ""
            : "timeout " + job.value("timeout") + "\nackers " + job.value("ackers") + "\n");
  }

  private Course durability(Job job) {
    SimMysql my = my(job);
    if (leads(my)) {
      for (String uuid : job.given("streaming").map(s -> s.split(" ")).orElse(new String[0])) {
        if (net().receivers(my).stream().noneMatch(f -> f.uuid().equals(uuid))) {
          throw job.refuse("the server " + uuid + " does not receive from here");
        }
      }
    }
    return Course.of(() -> StateFiles.put(job, SemiSync.FILE, text(job)))
        .act(
            () -> {
              if (leads(my)) {
                semiSync(job).tell(my);
              }
            });
  }

  private Look leadIsDone(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      return Look.unknown(sqlError(my));
    }
    if (my.isReadOnly()) {
      return Look.notDone("it takes no writes");
    }
    if (my.data().source().isPresent()) {
      return Look.notDone("it still has the channel by which it followed");
    }
    return job.value("scheduler").equals("yes") && !my.hasScheduler()
        ? Look.notDone("its event scheduler is off")
        : Look.DONE;
  }

  private Course lead(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    if (my.isReadOnly()) {
      throw job.refuse("it takes no writes");
    }
    return Course.of(() -> say(job, my, my.channel()::forget))
        .act(() -> say(job, my, () -> my.scheduler(!job.value("scheduler").equals("no"))));
  }

  private Look stepDownIsDone(Job job) {
    SimMysql my = my(job);
    if (!my.answersSql()) {
      return Look.unknown(sqlError(my));
    }
    if (!my.isSuperReadOnly()) {
      return Look.notDone("it takes writes");
    }
    if (my.hasScheduler() || my.commits().enabled()) {
      return Look.notDone("its events may run, or its commits wait");
    }
    return StateFiles.text(job, LEFT).equals(job.value("operation"))
        ? Look.DONE
        : Look.notDone("sessions of before were not ended yet");
  }

  private Course stepDown(Job job) {
    SimMysql my = my(job);
    ask(job, my);
    if (!my.isSuperReadOnly()) {
      throw job.refuse("it is not closed");
    }
    return Course.of(() -> FollowTwin.sourceSideOff(job, my))
        .act(() -> say(job, my, () -> my.scheduler(false)))
        .act(() -> StateFiles.put(job, LEFT, job.value("operation")));
  }

  private static Look notAsked(Job job) {
    return job.remembered("asked").isPresent() ? Look.DONE : Look.notDone("it was not asked yet");
  }

  private Course mayFollow(Job job) {
    String password = PasswordTwins.which(job.value("password"));
    return Course.none()
        .until(
            job.given("trial").map(t -> seconds(job, "trial")).orElse(Duration.ZERO),
            () ->
                net()
                    .at(job.value("source_host"))
                    .filter(my -> my.hasData() && my.data().letIn(ACCOUNT).contains(password))
                    .isPresent(),
            () -> {})
        .act(
            () -> {
              Optional<SimMysql> there =
                  net().at(job.value("source_host")).filter(SimMysql::answersAfar);
              if (there.isEmpty() || !net().linked(my(job), there.get())) {
                throw job.refuse("it can't log in to " + job.value("source_host"));
              }
              if (!there.get().data().accounts().contains(ACCOUNT)) {
                throw job.refuse("the login is refused");
              }
              if (!there.get().data().letIn(ACCOUNT).contains(password)) {
                throw job.refuse("the password is refused");
              }
              if (job.given("source_uuid").filter(u -> !u.equals(there.get().uuid())).isPresent()) {
                throw job.refuse("it finds server " + there.get().uuid() + " there");
              }
              job.remember("asked", "yes");
            });
  }
}

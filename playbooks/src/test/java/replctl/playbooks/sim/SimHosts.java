package replctl.playbooks.sim;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Hosts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Progress;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;

/** The way from one process of replctl to the simulated hosts. */
final class SimHosts implements Hosts {
  private static final long KEEPALIVE = 30 * SimTime.SECOND;
  private static final long BETWEEN = 200 * SimTime.MS;
  private static final long CONNECT_LIMIT = 2 * SimTime.SECOND;
  private final SimWorld world;
  private final Set<SimHost> loggedIn = new HashSet<>();

  SimHosts(SimWorld world) {
    this.world = world;
  }

  @Override
  public Answer run(Place on, ScriptCall call, Deadline by, Progress progress) {
    String what = on.label() + " " + call.script() + " " + word(call);
    Answer answer = attempt(on, call, by, what);
    progress.at(1, 1);
    world.trace().say(() -> what + " -> " + told(answer));
    return answer;
  }

  private Answer attempt(Place on, ScriptCall call, Deadline by, String what) {
    Optional<Fault> fault = before(what);
    if (fault.equals(Optional.of(Fault.FAILS_BEFORE))) {
      return refusedBefore();
    }
    SimHost host = world.at(on);
    Optional<Answer> unreached = reached(on, by);
    if (unreached.isPresent()) {
      return unreached.get();
    }
    travel();
    Running work = Running.script(world.twin(call.script()), job(host, call));
    long left = world.clock().worldTime(by) - world.time().now();
    return switch (fault.orElse(Fault.ANSWER_LOST)) {
      case NEVER_BEGINS -> overdue(by);
      case BEGINS_LATE -> {
        Answer late = overdue(by);
        world
            .time()
            .after(
                world.dice().between(1, 3_000) * SimTime.MS,
                () -> {
                  work.expires(world.time().now() + left);
                  host.run(work);
                });
        yield late;
      }
      default -> {
        if (fault.equals(Optional.of(Fault.SCRIPT_DIES))) {
          work.diesAfter(world.dice().below(8));
        }
        work.expires(world.time().now() + left);
        host.run(work);
        host.proceed(world.time().now());
        if (fault.equals(Optional.of(Fault.DIES_DURING))) {
          throw world.operator().dies("during " + what);
        }
        Optional<Answer> answer = await(host, work::answer, by);
        yield after(fault, what, answer);
      }
    };
  }

  @Override
  public Answer contact(Place on, Deadline by) {
    String what = on.label() + " contact";
    if (before(what).equals(Optional.of(Fault.FAILS_BEFORE))) {
      return refusedBefore();
    }
    Answer answer = reached(on, by).orElseGet(() -> answers(world.at(on), by));
    world.trace().say(() -> what + " -> " + told(answer));
    return answer;
  }

  @Override
  public Answer await(Place on, Deadline by) {
    String what = on.label() + " await";
    if (before(what).equals(Optional.of(Fault.FAILS_BEFORE))) {
      return refusedBefore();
    }
    Optional<Answer> late = reached(on, by);
    while (late.isPresent() && world.clock().nanos() < by.atNanos()) {
      world.waitAlone(BETWEEN);
      late = reached(on, by);
    }
    return late.orElseGet(() -> answers(world.at(on), by));
  }

  /** A frozen host to which a connection is open still says nothing. */
  private Answer answers(SimHost host, Deadline by) {
    if (host.frozen()) {
      return overdue(by);
    }
    travel();
    return new Answer.Done(Facts.NONE);
  }

  @Override
  public SimResident open(Place on, ScriptCall call, Deadline by) {
    String what = on.label() + " " + call.script() + " resident";
    Optional<Fault> fault = before(what);
    SimHost host = world.at(on);
    if (fault.equals(Optional.of(Fault.FAILS_BEFORE))) {
      return SimResident.absent(this, what, refusedBefore());
    }
    Optional<Answer> unreached = reached(on, by);
    if (unreached.isPresent()) {
      return SimResident.absent(this, what, unreached.get());
    }
    if (fault.equals(Optional.of(Fault.NEVER_BEGINS))) {
      return SimResident.absent(this, what, overdue(by));
    }
    travel();
    Job job = job(host, call);
    long lease = Long.parseLong(job.value("lease")) * SimTime.SECOND;
    Residence residence = new Residence(world.twin(call.script()), job, lease, world.keepsLeases());
    if (fault.equals(Optional.of(Fault.BEGINS_LATE))) {
      residence.endOfInput();
      world.time().after(world.dice().between(1, 3_000) * SimTime.MS, () -> host.reside(residence));
      return SimResident.absent(this, what, overdue(by));
    }
    host.reside(residence);
    world.reside(residence);
    SimResident resident = new SimResident(this, what, host, residence);
    after(fault, what, Optional.of(Answer.notDone(Trouble.NONE, "")));
    if (fault.equals(Optional.of(Fault.ANSWER_LOST))) {
      resident.cut();
    }
    return resident;
  }

  @Override
  public void warm(Collection<Place> places) {
    for (Place place : places) {
      SimHost host = world.at(place);
      if (host.reachable() && !host.frozen()) {
        loggedIn.add(host);
      }
    }
  }

  SimWorld world() {
    return world;
  }

  /** The faults that come before an effect; what is left to do comes back. */
  Optional<Fault> before(String what) {
    Optional<Fault> fault = world.operator().nextFault(what);
    if (fault.equals(Optional.of(Fault.DIES_BEFORE))) {
      throw world.operator().dies("before " + what);
    }
    if (fault.equals(Optional.of(Fault.SLEEPS_BEFORE))) {
      world.operator().sleeps();
    }
    if (fault.equals(Optional.of(Fault.OVERTAKEN_BEFORE))) {
      world.overtaken();
    }
    if (fault.equals(Optional.of(Fault.CLOCKS_JUMP))) {
      world.clocksJump();
    }
    return fault;
  }

  /** The faults that come after an effect. */
  Answer after(Optional<Fault> fault, String what, Optional<Answer> answer) {
    world.operator().effectEnded();
    if (fault.equals(Optional.of(Fault.DIES_AFTER))
        || fault.equals(Optional.of(Fault.DIES_DURING))) {
      throw world.operator().dies("after " + what);
    }
    if (fault.equals(Optional.of(Fault.SLEEPS_AFTER))) {
      world.operator().sleeps();
    }
    if (fault.equals(Optional.of(Fault.OVERTAKEN_AFTER))) {
      world.overtaken();
    }
    if (fault.equals(Optional.of(Fault.ANSWER_LOST))) {
      return Answer.unknown(Trouble.CUT, "the connection ended before an answer");
    }
    return answer.orElse(Answer.unknown(Trouble.OVERDUE, "no answer before the deadline"));
  }

  static Answer refusedBefore() {
    return Answer.notDone(Trouble.REFUSED, "nothing listens at port 22");
  }

  /** Waits for what a host at work will say. */
  <T> Optional<T> await(SimHost host, Supplier<Optional<T>> said, Deadline by) {
    if (host.frozen() && said.get().isEmpty()) {
      overdue(by);
      return Optional.empty();
    }
    world.time().pass(world.clock().worldTime(by), () -> said.get().isPresent());
    if (said.get().isPresent()) {
      travel();
    }
    return said.get();
  }

  /** Waits for nothing, until the deadline, or until the connection is known to be dead. */
  Answer overdue(Deadline by) {
    long left = world.clock().worldTime(by) - world.time().now();
    world.waitAlone(Math.min(left, KEEPALIVE));
    return left <= KEEPALIVE
        ? Answer.unknown(Trouble.OVERDUE, "no answer before the deadline")
        : Answer.unknown(Trouble.CUT, "the other side has not been heard for too long");
  }

  /** Empty: a connection is there. */
  private Optional<Answer> reached(Place on, Deadline by) {
    SimHost host = world.at(on);
    if (on instanceof Place.Via via) {
      SimHost jump = world.host(via.through());
      Optional<Answer> before = unreached(jump, jump.reachable(), by);
      return before.isPresent() ? before : unreached(host, host.linked(), by);
    }
    return unreached(host, host.reachable(), by);
  }

  private Optional<Answer> unreached(SimHost host, boolean way, Deadline by) {
    long limit = Math.min(CONNECT_LIMIT, world.clock().worldTime(by) - world.time().now());
    if (!way || !host.powered()) {
      world.waitAlone(limit);
      return Optional.of(Answer.notDone(Trouble.UNREACHABLE, "no answer from " + host.name()));
    }
    if (host.frozen() && !loggedIn.contains(host)) {
      world.waitAlone(limit);
      return Optional.of(Answer.notDone(Trouble.SILENT, host.name() + " says nothing"));
    }
    loggedIn.add(host);
    return Optional.empty();
  }

  void travel() {
    world.time().pass(world.dice().between(200, 3_000) * 1_000);
  }

  private Job job(SimHost host, ScriptCall call) {
    Map<String, String> values = new TreeMap<>();
    call.values().forEach((name, value) -> values.put(name, sent(call, name, value)));
    if (host == world.here()) {
      values.put("secrets_directory", "/inventory/secrets/shop");
      values.put("state_directory", "/home/dba/.replctl");
    }
    // lib.sh's default.
    if (values.getOrDefault("state_directory", "").isEmpty()
        && values.containsKey("cluster_name")) {
      values.put(
          "state_directory",
          "/var/lib/pgsql/.replctl/" + values.get("cluster_name") + "/" + values.get("node_name"));
    }
    return new Job(host, call, values, () -> world.time().now() + host.clockAhead());
  }

  private String sent(ScriptCall call, String name, Value value) {
    if (value instanceof Value.Text text) {
      return text.text();
    }
    if (value instanceof Value.Hidden hidden) {
      return world.vault().get(hidden.secret()).reveal();
    }
    throw new IllegalStateException(call.script() + " is sent a value not known yet: " + name);
  }

  private static String word(ScriptCall call) {
    return call.mode().name().toLowerCase(Locale.ROOT);
  }

  /** An answer in a trace. */
  static String told(Answer answer) {
    return answer.getClass().getSimpleName().toLowerCase(Locale.ROOT)
        + (answer.isDone() ? "" : " " + answer.kind() + " " + answer.words())
        + (answer.facts().byName().size() > 12
            ? " .."
            : " " + answer.facts().byName().toString().replace('\n', ' '));
  }
}

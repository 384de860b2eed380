package replctl.playbooks.sim;

import java.util.Map;
import java.util.Optional;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Resident;
import replctl.playbooks.world.Trouble;

/** The operator's end of a resident script. */
final class SimResident implements Resident {
  private final SimHosts hosts;
  private final String what;
  private final Optional<SimHost> host;
  private final Optional<Residence> there;
  private final Optional<Answer> absent;
  private boolean cut;

  private SimResident(
      SimHosts hosts,
      String what,
      Optional<SimHost> host,
      Optional<Residence> there,
      Optional<Answer> absent) {
    this.hosts = hosts;
    this.what = what;
    this.host = host;
    this.there = there;
    this.absent = absent;
  }

  SimResident(SimHosts hosts, String what, SimHost host, Residence there) {
    this(hosts, what, Optional.of(host), Optional.of(there), Optional.empty());
  }

  /** One that could not be started. */
  static SimResident absent(SimHosts hosts, String what, Answer why) {
    return new SimResident(hosts, what, Optional.empty(), Optional.empty(), Optional.of(why));
  }

  /** Its connection ends; what was sent is still done. */
  void cut() {
    cut = true;
    there.ifPresent(Residence::endOfInput);
  }

  @Override
  public Answer ready(Deadline by) {
    Answer answer = awaitReady(by);
    hosts.world().trace().say(() -> what + " ready -> " + SimHosts.told(answer));
    return answer;
  }

  private Answer awaitReady(Deadline by) {
    if (absent.isPresent()) {
      return absent.get();
    }
    if (cut) {
      return gone();
    }
    Residence residence = there.orElseThrow();
    return hosts
        .await(host.orElseThrow(), residence::ready, by)
        .orElse(Answer.unknown(Trouble.OVERDUE, "no answer before the deadline"));
  }

  @Override
  public Answer ask(String command, Map<String, String> values, Deadline by) {
    String effect = what + " " + command;
    Answer answer = attempt(effect, command, values, by);
    hosts.world().trace().say(() -> effect + " " + values + " -> " + SimHosts.told(answer));
    return answer;
  }

  private Answer attempt(String effect, String command, Map<String, String> values, Deadline by) {
    if (absent.isPresent()) {
      return absent.get();
    }
    Optional<Fault> fault = hosts.before(effect);
    Residence residence = there.orElseThrow();
    if (cut || residence.ended()) {
      return gone();
    }
    SimTime time = hosts.world().time();
    long arrives = time.now();
    switch (fault.orElse(Fault.SLEEPS_BEFORE)) {
      case FAILS_BEFORE -> {
        return Answer.notDone(Trouble.SAID_NO, "it was made to say no");
      }
      case NEVER_BEGINS -> {
        residence.silence(time.now());
        cut = true;
        return hosts.overdue(by);
      }
      case BEGINS_LATE -> {
        // The network holds it back, and the beats behind it: for less than the lease, or for more.
        arrives += hosts.world().dice().between(1, residence.lease() * 3 / 2);
        residence.silence(time.now());
        time.after(arrives - time.now(), residence::beat);
      }
      case SCRIPT_DIES -> residence.diesAfter(hosts.world().dice().below(4));
      default -> {}
    }
    hosts.travel();
    Residence.Command sent = new Residence.Command(command, values, arrives);
    residence.hear(sent);
    host.orElseThrow().proceed(time.now());
    if (fault.equals(Optional.of(Fault.DIES_DURING))) {
      hosts.after(fault, effect, Optional.empty());
    }
    Optional<Answer> said =
        hosts.await(
            host.orElseThrow(),
            () ->
                residence.ended() && sent.answer().isEmpty() ? Optional.of(gone()) : sent.answer(),
            by);
    if (fault.equals(Optional.of(Fault.ANSWER_LOST))) {
      cut();
    }
    return hosts.after(fault, effect, said);
  }

  private static Answer gone() {
    return Answer.unknown(Trouble.CUT, "the connection has ended");
  }

  @Override
  public void close() {
    if (!hosts.world().operator().dead()) {
      hosts.world().operator().goesOn();
      there.ifPresent(Residence::endOfInput);
    }
  }
}

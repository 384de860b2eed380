package replctl.playbooks.sim;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.RecordJson;

/**
 * Who takes writes, after each event: never two, and while an operation is drilled nobody begins to
 * who lacks a write that was acknowledged, or of whom most of the hosts with a vote have not been
 * told that it leads.
 */
final class Leading {
  private final Collection<SimHost> hosts;
  private final Clients clients;
  private final Trace trace;
  private Set<SimHost> before = Set.of();
  private boolean recorded;

  Leading(Collection<SimHost> hosts, Clients clients, Trace trace) {
    this.hosts = hosts;
    this.clients = clients;
    this.trace = trace;
  }

  /** From now on it must be written down first. */
  void mustBeRecorded() {
    recorded = true;
    before = open();
  }

  /** Whether others are open than before: it is looked at every event, and most change nothing. */
  private boolean changed() {
    int open = 0;
    for (SimHost host : hosts) {
      boolean now = host.server().open();
      if (now != before.contains(host)) {
        return true;
      }
      open += now ? 1 : 0;
    }
    return open > 1;
  }

  private Set<SimHost> open() {
    Set<SimHost> open = new HashSet<>();
    for (SimHost host : hosts) {
      if (host.server().open()) {
        open.add(host);
      }
    }
    return open;
  }

  void look() {
    if (!changed()) {
      return;
    }
    Set<SimHost> open = open();
    if (open.size() > 1) {
      trace.say(() -> "TWO WRITABLE SERVERS");
      throw new Violation("two writable servers: " + names(open));
    }
    if (recorded) {
      open.stream().filter(host -> !before.contains(host)).forEach(this::opened);
    }
    before = open;
  }

  /**
   * No return as a writer: whoever opens by itself leads by the newest record, whoever knows of it;
   * no operation is under way that a majority has promised its epoch to; nobody else takes writes;
   * and there is a majority that could be asked.
   */
  void returns(SimHost host) {
    String came = host.name() + " came back as a writer";
    Optional<LeaderRecord> newest = newest();
    if (!recorded || newest.isEmpty()) {
      return;
    }
    if (!newest.get().leader().equals(host.name())) {
      throw new Violation(
          came
              + ", and epoch "
              + newest.get().epoch()
              + " has the leader "
              + newest.get().leader());
    }
    List<SimHost> voters =
        hosts.stream().filter(h -> newest.get().voters().contains(h.name())).toList();
    for (SimHost voter : voters) {
      String operation = voter.epoch().filter(SimEpoch::open).map(SimEpoch::operation).orElse("");
      long promised = voters.stream().filter(v -> isUnderWay(v, operation)).count();
      if (promised * 2 > voters.size()) {
        throw new Violation(came + ", and " + operation + " is not over");
      }
    }
    Set<SimHost> others = open();
    others.remove(host);
    if (!others.isEmpty()) {
      throw new Violation(came + " beside " + names(others));
    }
    long asked =
        voters.stream()
            .filter(v -> v == host || (host.linked() && v.linked() && v.powered() && !v.frozen()))
            .filter(v -> v.epoch().filter(SimEpoch::votes).isPresent())
            .count();
    if (asked * 2 <= voters.size()) {
      throw new Violation(
          came + ", and " + asked + " of " + voters.size() + " hosts with a vote could be asked");
    }
  }

  private static boolean isUnderWay(SimHost host, String operation) {
    return host.epoch().filter(f -> f.open() && f.operation().equals(operation)).isPresent();
  }

  private Optional<LeaderRecord> newest() {
    return hosts.stream()
        .flatMap(h -> h.epoch().stream())
        .max(Comparator.comparingLong(SimEpoch::recordEpoch))
        .map(SimEpoch::record)
        .flatMap(RecordJson::read);
  }

  private void opened(SimHost host) {
    if (!host.server().unready().isEmpty()) {
      throw new Violation(host.name() + " takes writes, and " + host.server().unready());
    }
    int lost = clients.missing(host.server()).size();
    if (lost > 0) {
      throw new Violation(
          host.name() + " takes writes, and " + lost + " acknowledged writes are lost");
    }
    Optional<LeaderRecord> newest = newest();
    if (newest.isEmpty()) {
      return;
    }
    List<NodeName> voters = newest.get().voters();
    long named =
        hosts.stream()
            .filter(h -> voters.contains(h.name()))
            .filter(h -> h.epoch().filter(file -> isTold(h, file, host.name())).isPresent())
            .count();
    // Without a majority of their own will, those that were not told must be closed.
    boolean closed =
        hosts.stream()
            .filter(h -> voters.contains(h.name()) && h.powered())
            .allMatch(h -> h.epoch().filter(file -> isTold(h, file, host.name())).isPresent());
    if (named * 2 <= voters.size() && !closed) {
      trace.say(() -> "OPEN WITHOUT A RECORD");
      throw new Violation(
          host.name()
              + " takes writes, and "
              + named
              + " of "
              + voters.size()
              + " hosts with a vote have been told that it leads");
    }
  }

  /** By its newest record, or by the plan of a hand-over that it holds a promise for. */
  private static boolean isTold(SimHost host, SimEpoch file, NodeName leads) {
    String plan =
        host.files().entrySet().stream()
            .filter(f -> f.getKey().endsWith("/operations/" + file.operation() + ".jsonl"))
            .findFirst()
            .map(Map.Entry::getValue)
            .orElse("");
    return file.leader().equals(leads.value())
        || (file.open()
            && plan.contains("\"handover\":{")
            && plan.contains("\"to\":\"" + leads + "\""));
  }

  private static List<String> names(Set<SimHost> open) {
    return open.stream().map(h -> h.name().value()).sorted().toList();
  }
}

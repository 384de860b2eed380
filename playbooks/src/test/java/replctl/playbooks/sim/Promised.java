package replctl.playbooks.sim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.RecordJson;

/**
 * What a failover would rely on, after each event: every acknowledged write is on as many as are
 * written down of those that are written down (safety.md, 8). It is looked at on every host, and on
 * all but the leader's, which may be the one that is lost.
 */
final class Promised {
  private static final Comparator<LeaderRecord> NEWEST =
      Comparator.comparingLong(LeaderRecord::epoch).thenComparingInt(LeaderRecord::revision);

  private final Collection<SimHost> hosts;
  private final Clients clients;

  /** How many of the acknowledged writes were looked at by that record. */
  private final Map<LeaderRecord, Integer> looked = new HashMap<>();

  private List<LeaderRecord> valid = List.of();
  private List<String> texts = List.of();
  private int acknowledged;

  Promised(Collection<SimHost> hosts, Clients clients) {
    this.hosts = hosts;
    this.clients = clients;
  }

  void look() {
    boolean written = written();
    if (!written && clients.acknowledged() == acknowledged) {
      return;
    }
    acknowledged = clients.acknowledged();
    for (LeaderRecord record : valid) {
      if (record.acks() > 0 && leads(record)) {
        look(record);
      }
    }
  }

  /** Whether anything was written down since. */
  private boolean written() {
    List<String> now = new ArrayList<>(hosts.size());
    boolean same = texts.size() == hosts.size();
    int at = 0;
    for (SimHost host : hosts) {
      String text = host.epochText().orElse("");
      same = same && text.equals(texts.get(at++));
      now.add(text);
    }
    if (!same) {
      texts = now;
      valid = valid();
      looked.keySet().retainAll(valid);
    }
    return !same;
  }

  private List<LeaderRecord> valid() {
    Map<NodeName, LeaderRecord> records = new HashMap<>();
    for (SimHost host : hosts) {
      host.epoch()
          .map(SimEpoch::record)
          .flatMap(RecordJson::read)
          .ifPresent(r -> records.put(host.name(), r));
    }
    List<LeaderRecord> newest = new ArrayList<>();
    records.values().stream().max(NEWEST).ifPresent(newest::add);
    Optional<LeaderRecord> others =
        records.entrySet().stream()
            .filter(r -> !r.getKey().equals(newest.get(0).leader()))
            .map(Map.Entry::getValue)
            .max(NEWEST);
    others.filter(o -> !newest.contains(o)).ifPresent(newest::add);
    return newest;
  }

  private boolean leads(LeaderRecord record) {
    return host(record.leader()).filter(h -> h.server().open()).isPresent();
  }

  private Optional<SimHost> host(NodeName name) {
    return hosts.stream().filter(h -> h.name().equals(name)).findFirst();
  }

  private void look(LeaderRecord record) {
    List<SimServer> ackers =
        record.ackers().stream().flatMap(a -> host(a).stream()).map(SimHost::server).toList();
    for (long write : clients.acknowledgedSince(looked.getOrDefault(record, 0))) {
      long having = ackers.stream().filter(s -> s.holds(write)).count();
      if (having < record.acks()) {
        throw new Violation(
            "a failover would take it that each acknowledged write is on "
                + record.acks()
                + " of "
                + record.ackers()
                + " (epoch "
                + record.epoch()
                + "), and write "
                + write
                + " is on "
                + having);
      }
    }
    looked.put(record, acknowledged);
  }
}

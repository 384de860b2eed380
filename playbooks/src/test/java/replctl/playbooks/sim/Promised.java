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

  private List<Watch> watches = List.of();

  /** By host: its epoch file's text when its files had been changed so often. */
  private String[] texts = {};

  private long[] changes = {};

  /** What was read of a file's text: hosts have the same ones, and keep them. */
  private final Map<String, Optional<LeaderRecord>> read = new HashMap<>();

  private int acknowledged;

  /** A record, the hosts of those that it counts on, and how many writes were looked at by it. */
  private static final class Watch {
    private final LeaderRecord record;
    private final Optional<SimHost> leader;
    private final List<SimHost> ackers;
    private int looked;

    Watch(LeaderRecord record, Optional<SimHost> leader, List<SimHost> ackers, int looked) {
      this.record = record;
      this.leader = leader;
      this.ackers = ackers;
      this.looked = looked;
    }
  }

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
    for (Watch watch : watches) {
      if (watch.record.acks() > 0 && watch.leader.filter(h -> h.server().open()).isPresent()) {
        look(watch);
      }
    }
  }

  /** Whether anything was written down since: most events change no file at all. */
  private boolean written() {
    if (changes.length != hosts.size()) {
      changes = new long[hosts.size()];
      texts = new String[hosts.size()];
    }
    boolean written = false;
    int at = 0;
    for (SimHost host : hosts) {
      if (changes[at] != host.files().changes()) {
        changes[at] = host.files().changes();
        String text = host.epochText().orElse("");
        written |= !text.equals(texts[at]);
        texts[at] = text;
      }
      at++;
    }
    if (written) {
      watches = valid().stream().map(this::watch).toList();
    }
    return written;
  }

  private Watch watch(LeaderRecord record) {
    return new Watch(
        record,
        host(record.leader()),
        record.ackers().stream().flatMap(a -> host(a).stream()).toList(),
        watches.stream()
            .filter(w -> w.record.equals(record))
            .findFirst()
            .map(w -> w.looked)
            .orElse(0));
  }

  private List<LeaderRecord> valid() {
    Map<NodeName, LeaderRecord> records = new HashMap<>();
    for (SimHost host : hosts) {
      host.epochText()
          .flatMap(text -> read.computeIfAbsent(text, Promised::record))
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

  private static Optional<LeaderRecord> record(String epochText) {
    return RecordJson.read(SimEpoch.of(epochText).record());
  }

  private Optional<SimHost> host(NodeName name) {
    return hosts.stream().filter(h -> h.name().equals(name)).findFirst();
  }

  private void look(Watch watch) {
    LeaderRecord record = watch.record;
    for (long write : clients.acknowledgedSince(watch.looked)) {
      int having = 0;
      for (SimHost acker : watch.ackers) {
        having += acker.server().holds(write) ? 1 : 0;
      }
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
    watch.looked = acknowledged;
  }
}

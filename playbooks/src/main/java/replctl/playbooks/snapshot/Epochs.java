package replctl.playbooks.snapshot;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import replctl.inventory.NodeName;

/**
 * The epoch files of a cluster's hosts, witnesses among them, as they were seen in one look.
 *
 * @param despite whether somebody has typed that maintenance is not to stand in the way
 */
public record Epochs(SortedMap<NodeName, EpochFile> files, boolean despite) {
  /** Nobody was asked. */
  public static final Epochs UNSEEN = new Epochs(new TreeMap<>());

  public Epochs {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** As they were seen. */
  public Epochs(SortedMap<NodeName, EpochFile> files) {
    this(files, false);
  }

  /** The same with more hosts. */
  public Epochs with(Map<NodeName, EpochFile> more) {
    SortedMap<NodeName, EpochFile> all = new TreeMap<>(files);
    all.putAll(more);
    return new Epochs(all, despite);
  }

  /** The maintenance of the newest record, whether it is over or not. */
  public Optional<Maintenance> maintenance() {
    return newest().flatMap(LeaderRecord::maintenance);
  }

  /** How long it has been known of, in ms: by the host that knows of it longest. */
  public OptionalLong maintained() {
    Optional<Maintenance> hands = maintenance();
    return known()
        .filter(file -> file.leader().flatMap(LeaderRecord::maintenance).equals(hands))
        .map(EpochFile.Known::maintained)
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .max();
  }

  /**
   * The maintenance that stands in the way of operations. It is over by itself when most of those
   * hosts that know of it find, each by its own clock, that its time is over.
   */
  public Optional<Maintenance> handsOff() {
    Optional<Maintenance> hands = maintenance();
    if (hands.isEmpty() || hands.get().limitMs().isEmpty()) {
      return hands;
    }
    long limit = hands.get().limitMs().getAsLong();
    List<EpochFile.Known> knowing =
        known()
            .filter(file -> file.leader().flatMap(LeaderRecord::maintenance).equals(hands))
            .toList();
    long past =
        knowing.stream()
            .map(EpochFile.Known::maintained)
            .filter(age -> age.isPresent() && age.getAsLong() >= limit)
            .count();
    return past * 2 > knowing.size() ? Optional.empty() : hands;
  }

  /** What that host's says. */
  public EpochFile of(NodeName host) {
    return files.getOrDefault(host, EpochFile.SILENT);
  }

  /** Those that could be read. */
  public Stream<EpochFile.Known> known() {
    return files.values().stream()
        .filter(EpochFile.Known.class::isInstance)
        .map(EpochFile.Known.class::cast);
  }

  /** The newest record that was seen. */
  public Optional<LeaderRecord> newest() {
    return known()
        .flatMap(file -> file.leader().stream())
        .max(
            Comparator.comparingLong(LeaderRecord::epoch).thenComparingInt(LeaderRecord::revision));
  }

  /** The highest number that was seen, promised or recorded. */
  public long highest() {
    return known()
        .mapToLong(
            file -> Math.max(file.promised(), file.leader().map(LeaderRecord::epoch).orElse(0L)))
        .max()
        .orElse(0);
  }

  /**
   * Operations that are over, by the word of one host at least, or were overtaken: a majority of
   * the voters has promised a newer one since. A host that could not be told still takes it for
   * open.
   */
  public SortedSet<String> over() {
    SortedSet<String> over = new TreeSet<>();
    known()
        .filter(file -> !file.open() || isOvertaken(file))
        .forEach(file -> over.add(file.operation()));
    return over;
  }

  private boolean isOvertaken(EpochFile.Known file) {
    Collection<NodeName> voters =
        newest().<Collection<NodeName>>map(LeaderRecord::voters).orElse(files.keySet());
    long newer =
        voters.stream()
            .filter(
                voter ->
                    of(voter) instanceof EpochFile.Known known
                        && known.votes()
                        && known.promised() > file.promised())
            .count();
    return newer * 2 > voters.size();
  }

  /** The promise of an operation that is not over, the newest of them. */
  public Optional<EpochFile.Known> open() {
    SortedSet<String> over = over();
    return known()
        .filter(file -> file.open() && !over.contains(file.operation()))
        .max(Comparator.comparingLong(EpochFile.Known::promised));
  }

  /** Hosts whose file can't be relied on, and why. */
  public SortedMap<NodeName, String> unreadable() {
    SortedMap<NodeName, String> all = new TreeMap<>();
    for (Map.Entry<NodeName, EpochFile> file : files.entrySet()) {
      if (file.getValue() instanceof EpochFile.Unreadable unreadable) {
        all.put(file.getKey(), unreadable.why());
      }
    }
    return all;
  }
}

package replctl.cli.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.cli.wiring.InventoryFinder;
import replctl.cli.wiring.Session;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;
import replctl.playbooks.journal.HostJournals;
import replctl.playbooks.journal.Journal;
import replctl.playbooks.journal.Recorded;

/** The operations of the cluster that -c names, or of all. */
record Operations(Verb verb, Inventory inventory, List<Cluster> clusters) {
  /** An operation, and its cluster opened. */
  record Found(Session session, Recorded recorded) implements AutoCloseable {
    @Override
    public void close() {
      session.close();
    }
  }

  static Operations of(Verb verb) {
    Inventory inventory = verb.inventory();
    String cluster = verb.root().cluster;
    return new Operations(
        verb,
        inventory,
        cluster == null
            ? inventory.clusters()
            : List.of(InventoryFinder.cluster(inventory, Optional.of(cluster))));
  }

  /** As many as a screen or a completion shows. */
  static final int SCREEN = 50;

  /**
   * Some of them, newest first.
   *
   * @param older how many there are besides
   */
  record Listed(List<Recorded> operations, int older) {}

  /**
   * The newest: their names sort by time. Those that are not over are among them however old they
   * are, and those that another operator began, as far as the hosts answer.
   *
   * @param most how many, but for those that are not over
   */
  Listed newest(int most) {
    return newest(most, true);
  }

  /** The newest that this host knows of; asks no other. */
  List<Recorded> known(int most) {
    return newest(most, false).operations();
  }

  private Listed newest(int most, boolean asked) {
    List<Recorded> all = new ArrayList<>();
    int count = 0;
    for (Cluster cluster : clusters) {
      try (Session session = open(cluster)) {
        Journal journal = session.journal();
        if (asked) {
          // One that can't be read is said before hosts are asked.
          read(journal, most);
          hear(session, journal);
        }
        List<Recorded> newest = read(journal, most);
        all.addAll(newest);
        journal.open().stream().filter(o -> !newest.contains(o)).forEach(all::add);
        count += journal.operations().size();
      }
    }
    all.sort(Collections.reverseOrder(Comparator.comparing(r -> r.plan().op())));
    List<Recorded> shown = new ArrayList<>();
    for (Recorded one : all) {
      if (shown.size() < most || one.open()) {
        shown.add(one);
      }
    }
    return new Listed(shown, Math.max(0, count - shown.size()));
  }

  private static List<Recorded> read(Journal journal, int most) {
    List<String> names = journal.operations();
    return names.subList(Math.max(0, names.size() - most), names.size()).stream()
        .flatMap(op -> journal.read(op).stream())
        .toList();
  }

  /** Adds what the hosts know. */
  private void hear(Session session, Journal journal) {
    SortedMap<String, String> silent =
        new HostJournals(session.world(), session.cluster(), verb.root().timeout).into(journal);
    if (!verb.root().quiet) {
      silent.forEach(
          (host, why) ->
              verb.console()
                  .err()
                  .println("replctl: what " + host + " knows of operations is left out: " + why));
    }
  }

  /** The one of that name; else the one that is not over; else the latest. */
  Found one(Optional<String> typed) {
    Optional<Recorded> found = typed.isPresent() ? named(typed.get()) : current();
    Recorded recorded =
        found.orElseThrow(
            () ->
                Failure.of(
                    ExitCode.USAGE,
                    typed.map(op -> "there is no operation " + op).orElse("no operation yet"),
                    "replctl op list"));
    Cluster cluster = inventory.cluster(recorded.plan().cluster()).orElseThrow();
    return new Found(open(cluster), recorded);
  }

  private Optional<Recorded> named(String op) {
    for (Cluster cluster : clusters) {
      try (Session session = open(cluster)) {
        Journal journal = session.journal();
        hear(session, journal);
        Optional<Recorded> found = journal.read(op);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Recorded> current() {
    List<Recorded> all = newest(1).operations();
    return all.stream().filter(Recorded::open).findFirst().or(() -> all.stream().findFirst());
  }

  private Session open(Cluster cluster) {
    return verb.root().backend.open(inventory, cluster, verb.console().environment());
  }
}

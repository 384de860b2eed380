package replctl.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

  /** How long a host may take to say what it has copies of. */
  private static final Duration HOSTS = Duration.ofSeconds(4);

  /**
   * All of them, newest first: their names sort by time. Those that another operator began are
   * among them, as far as the hosts answer.
   */
  List<Recorded> all() {
    List<Recorded> all = new ArrayList<>();
    for (Cluster cluster : clusters) {
      try (Session session = open(cluster)) {
        Journal journal = session.journal();
        // One that can't be read is said before hosts are asked.
        journal.operations().forEach(journal::read);
        new HostJournals(session.world(), session.cluster(), HOSTS)
            .into(journal)
            .forEach(
                (host, why) ->
                    verb.console()
                        .err()
                        .println(
                            "replctl: what " + host + " knows of operations is left out: " + why));
        journal.operations().forEach(op -> journal.read(op).ifPresent(all::add));
      }
    }
    all.sort(Collections.reverseOrder(Comparator.comparing(r -> r.plan().op())));
    return all;
  }

  /** The one of that name; else the one that is not over; else the latest. */
  Found one(Optional<String> typed) {
    List<Recorded> all = all();
    Optional<Recorded> found =
        typed.isPresent()
            ? all.stream().filter(r -> r.plan().op().equals(typed.get())).findFirst()
            : all.stream().filter(Recorded::open).findFirst().or(() -> all.stream().findFirst());
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

  private Session open(Cluster cluster) {
    return verb.root().backend.open(inventory, cluster, verb.console().environment());
  }
}

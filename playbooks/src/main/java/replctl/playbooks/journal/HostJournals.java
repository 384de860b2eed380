package replctl.playbooks.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.Witness;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/**
 * The copies of journals that a cluster's hosts keep. With them an operator who has lost a host, or
 * who has another one, sees and finishes what was begun elsewhere.
 */
public final class HostJournals {
  /** The hosts keep all of them; as many are looked at, and told of by each. */
  private static final int NEWEST = 20;

  private final World world;
  private final Cluster cluster;
  private final Duration limit;

  /**
   * @param cluster with where its hosts keep replctl's files, as far as that is known
   * @param limit how long each host may take to answer
   */
  public HostJournals(World world, Cluster cluster, Duration limit) {
    this.world = world;
    this.cluster = cluster;
    this.limit = limit;
  }

  /**
   * Adds to the operator's own journals what the hosts know beyond them.
   *
   * @return the hosts that did not answer, with the reason
   */
  public SortedMap<String, String> into(Journal journal) {
    SortedMap<String, String> silent = new TreeMap<>();
    SortedMap<String, Place> longest = new TreeMap<>();
    Map<String, Long> lines = new TreeMap<>();
    ask("none")
        .forEach(
            (place, answer) -> {
              if (!answer.isDone()) {
                silent.put(place.label(), answer.words());
              }
              names(answer.facts())
                  .forEach(
                      (op, count) -> {
                        if (count > lines.getOrDefault(op, 0L)) {
                          lines.put(op, count);
                          longest.put(op, place);
                        }
                      });
            });
    longest.entrySet().stream()
        .skip(Math.max(0, longest.size() - NEWEST))
        .filter(e -> mayLack(journal, e.getKey(), lines.get(e.getKey())))
        .forEach(
            e ->
                take(journal, e.getKey(), e.getValue())
                    .ifPresent(why -> silent.put(e.getValue().label(), why)));
    return silent;
  }

  /** One that is not over here may have been ended elsewhere, also where more was written here. */
  private static boolean mayLack(Journal journal, String op, long there) {
    return there > journal.lines(op).size() || journal.read(op).filter(Recorded::open).isPresent();
  }

  /** Why what is there is not taken: a host that was damaged must not damage what is here. */
  private Optional<String> take(Journal journal, String op, Place from) {
    Facts facts = run(from, op).facts();
    Set<String> have = new HashSet<>(journal.lines(op));
    List<String> more = new ArrayList<>();
    facts.text("journal").stream()
        .flatMap(String::lines)
        .filter(line -> !have.contains(line))
        .forEach(more::add);
    if (more.isEmpty()) {
      return Optional.empty();
    }
    try {
      journal.check(op, more);
    } catch (UnreadableJournal unreadable) {
      return Optional.of(unreadable.getMessage());
    }
    Entry gap = new Entry.Gap(world.clock().now(), false);
    if (!have.isEmpty()) {
      // A last line that was cut off here may be followed by it.
      journal.add(op, gap);
    }
    journal.take(op, more);
    if (have.isEmpty() && journal.read(op).filter(Recorded::open).isPresent()) {
      // What its process wrote last may not have been copied.
      journal.add(op, gap);
    }
    return Optional.empty();
  }

  private static Map<String, Long> names(Facts facts) {
    Map<String, Long> names = new TreeMap<>();
    for (int n = 1; n <= facts.count("operation"); n++) {
      Optional<String> name = facts.text("operation." + n + ".name");
      long count = facts.number("operation." + n + ".lines").orElse(0);
      name.filter(op -> op.matches("op-[a-z0-9]{1,60}")).ifPresent(op -> names.put(op, count));
    }
    return names;
  }

  private Map<Place, Answer> ask(String wanted) {
    List<Place> places = new ArrayList<>();
    cluster.nodes().stream().map(Node::name).map(Place::on).forEach(places::add);
    cluster.witnesses().stream().map(Witness::name).map(Place.Witness::new).forEach(places::add);
    Map<Place, Answer> answers = new LinkedHashMap<>();
    world
        .fanout()
        .until(there -> false, places, place -> run(place, wanted), world.clock().in(limit))
        .forEach(
            (place, answer) ->
                answers.put(
                    place,
                    answer.orElseGet(
                        () ->
                            Answer.unknown(
                                Trouble.OVERDUE, "no answer in " + limit.toSeconds() + " s"))));
    return answers;
  }

  private Answer run(Place place, String wanted) {
    SortedMap<String, Value> values = new TreeMap<>();
    values.put("cluster_name", Value.of(cluster.name().value()));
    values.put("node_name", Value.of(place.label()));
    values.put("wanted", Value.of(wanted));
    values.put("newest", Value.of(Integer.toString(NEWEST)));
    if (place instanceof Place.Host host) {
      cluster
          .node(host.node())
          .flatMap(n -> n.layout().stateDirectory())
          .ifPresent(folder -> values.put("state_directory", Value.of(folder)));
    }
    return world
        .hosts()
        .run(
            place,
            ScriptCall.probe(new Script("voter", "operations"), values),
            world.clock().in(limit));
  }
}

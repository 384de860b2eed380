package replctl.playbooks.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import replctl.inventory.ClusterName;

/**
 * An operation as data: what a dry run prints, what a plan file holds, and the head of its journal.
 *
 * @param op the operation's name
 * @param verb as typed
 * @param electorate whose promise it needs
 * @param sequel empty: the operation is over when this plan has ended
 * @param warnings what the operator should know before it runs
 */
public record Plan(
    String op,
    String verb,
    ClusterName cluster,
    Basis basis,
    Electorate electorate,
    Optional<Sequel> sequel,
    List<String> warnings,
    List<Phase> phases) {
  /** The form of the data, raised when an older replctl could not read it rightly. */
  public static final int SCHEMA = 1;

  /**
   * @throws IllegalArgumentException when two steps have one name
   */
  public Plan {
    warnings = List.copyOf(warnings);
    phases = phases.stream().filter(p -> p.steps().findAny().isPresent()).toList();
    long distinct = phases.stream().flatMap(Phase::steps).map(Step::name).distinct().count();
    if (distinct != phases.stream().flatMap(Phase::steps).count()) {
      throw new IllegalArgumentException("two steps of " + op + " have one name");
    }
  }

  /** One that needs nobody's promise. */
  public Plan(
      String op,
      String verb,
      ClusterName cluster,
      Basis basis,
      List<String> warnings,
      List<Phase> phases) {
    this(op, verb, cluster, basis, Electorate.NOBODY, Optional.empty(), warnings, phases);
  }

  /** The same, which needs their promise. */
  public Plan of(Electorate whose) {
    return new Plan(op, verb, cluster, basis, whose, sequel, warnings, phases);
  }

  /** The same, after which another one is decided. */
  public Plan then(Sequel next) {
    return new Plan(op, verb, cluster, basis, electorate, Optional.of(next), warnings, phases);
  }

  /** All of it, and these phases after that: the whole operation. */
  public Plan continued(List<String> more, List<Phase> next) {
    List<Phase> all = new ArrayList<>(phases);
    all.addAll(next);
    return new Plan(op, verb, cluster, basis, electorate, Optional.empty(), more, all);
  }

  /** Every step, in order. */
  public Stream<Step> steps() {
    return phases.stream().flatMap(Phase::steps);
  }

  /** The step of that name. */
  public Optional<Step> step(String name) {
    return steps().filter(s -> s.name().equals(name)).findFirst();
  }

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return phases.isEmpty();
  }
}

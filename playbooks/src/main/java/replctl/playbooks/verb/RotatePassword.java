package replctl.playbooks.verb;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.PasswordGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.SecretRef;

/**
 * Renews the passwords of replctl's own accounts. What the inventory says is the operator's to
 * change. Pure.
 */
public final class RotatePassword {
  /** As typed, and as written in plans. */
  public static final String VERB = "rotate password";

  private final Engine engine;

  public RotatePassword(Engine engine) {
    this.engine = engine;
  }

  /**
   * What the operator's host has of passwords.
   *
   * @param has since when each is what it is, where that is known
   * @param declared those that the inventory says
   */
  public record Known(Map<SecretRef, Optional<Instant>> has, List<SecretRef> declared) {
    public Known {
      has = Map.copyOf(has);
      declared = List.copyOf(declared);
    }
  }

  /** The passwords of the accounts, by the inventory: those that may be renewed are among them. */
  public static List<SecretRef> all(Engine engine, Cluster cluster, Snapshot seen) {
    return engine.rotation().passwords(new Site(cluster, seen), cluster.nodes().get(0).name());
  }

  /**
   * Decides.
   *
   * @param op the name of the operation, should there be one
   * @param without nodes that are left for later
   */
  public Decision decide(
      Cluster cluster, Snapshot seen, String op, Known known, List<NodeName> without) {
    RotateRules rules = new RotateRules(cluster, seen);
    Optional<Refusal> no = rules.leaderless().or(() -> rules.passwords(without));
    if (no.isPresent()) {
      return Decision.of(no.get());
    }
    Site site = new Site(cluster, seen);
    NodeName leader = seen.leader().orElseThrow().name();
    List<SecretRef> secrets =
        engine.rotation().passwords(site, leader).stream()
            .filter(s -> !known.declared().contains(s))
            .toList();
    List<String> missing =
        secrets.stream().filter(s -> !known.has().containsKey(s)).map(SecretRef::name).toList();
    if (!missing.isEmpty()) {
      return Decision.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              "there is no "
                  + String.join(", no ", missing)
                  + " beside this inventory: what is not known can't be gone back to.",
              "type it on the host on which replctl init was typed",
              "or: replctl init " + cluster.name()));
    }
    PasswordGoal goal =
        new PasswordGoal(
            site,
            leader,
            cluster.nodes().stream().map(Node::name).filter(n -> !without.contains(n)).toList(),
            without,
            secrets,
            op);
    List<Phase> phases = new ArrayList<>();
    phases.add(Phase.inOrder("new passwords lie beside those in use", List.of(goal.made())));
    phases.addAll(engine.rotation().renewed(goal));
    phases.add(Phase.inOrder("the old ones are forgotten", List.of(goal.forgotten())));
    Plan plan = new Plan(op, VERB, cluster.name(), Bases.of(seen), warnings(goal, known), phases);
    return Voted.paying(engine, plan, site, Electorates.Wish.USUAL);
  }

  private List<String> warnings(PasswordGoal goal, Known known) {
    List<String> words = new ArrayList<>();
    String ages =
        goal.secrets().stream()
            .map(s -> s.name() + age(goal.site().seen().at(), known.has().get(s)))
            .collect(Collectors.joining(", "));
    words.add("renewed: " + ages);
    known.declared().stream()
        .filter(s -> engine.rotation().passwords(goal.site(), goal.leader()).contains(s))
        .forEach(
            s ->
                words.add(
                    s.name()
                        + " is what the inventory says (database.password), and is not changed:"
                        + " change it there, then: replctl init "
                        + goal.site().cluster().name()));
    goal.absent()
        .forEach(
            n ->
                words.add(
                    n
                        + " is left out, as asked: it is not let in by the others before it has the"
                        + " new passwords"));
    words.addAll(engine.rotation().warnings(goal));
    return words;
  }

  private static String age(Instant now, Optional<Instant> since) {
    return since.map(s -> " (" + Duration.between(s, now).toDays() + " d old)").orElse("");
  }
}

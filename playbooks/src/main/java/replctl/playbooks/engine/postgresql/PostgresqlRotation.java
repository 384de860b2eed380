package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.PasswordGoal;
import replctl.playbooks.engine.Rotation;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.StepMaker;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Value;

/**
 * How the passwords of PostgreSQL's roles are renewed. A role has one: from the moment in which the
 * leader has the new one until a follower has it in its password file, that follower keeps its
 * connection, and would not be let in with another one. So these two come right after each other,
 * and nothing else between them.
 */
final class PostgresqlRotation implements Rotation {
  private static final Duration QUICK = Duration.ofSeconds(30);

  /**
   * For a follower to apply what the leader has written: those that are further behind are told.
   */
  private static final Duration APPLYING = Duration.ofSeconds(20);

  @Override
  public List<SecretRef> passwords(Site site, NodeName leader) {
    return Accounts.of(site.declared(leader)).stream().map(Accounts.Account::password).toList();
  }

  @Override
  public List<Phase> renewed(PasswordGoal goal) {
    List<Step> roles = new ArrayList<>();
    // Followers need one of them to receive: it is the last that changes.
    Accounts.of(goal.site().declared(goal.leader())).stream()
        .filter(a -> goal.renews(a.password()))
        .sorted(Comparator.comparing(Accounts.Account::replication))
        .forEach(a -> roles.add(role(goal, a)));
    List<Step> users = new ArrayList<>(goal.nodes().stream().map(n -> passfile(goal, n)).toList());
    users.add(goal.taken());
    List<Phase> phases = new ArrayList<>();
    phases.add(
        Phase.inOrder(
            goal.leader() + " lets replctl's roles in with their new passwords, and no others",
            roles));
    phases.add(Phase.sideBySide("every node logs in with them, and so does this host", users));
    if (!goal.absent().isEmpty()) {
      phases.add(
          Phase.sideBySide(
              "those that do not answer have the new passwords too",
              goal.absent().stream().map(n -> passfile(goal, n, false, false).owed()).toList()));
    }
    phases.add(
        new Phase(
            "each follower can log in to each node that may lead",
            goal.logins((follower, to) -> login(goal, follower, to))));
    return phases;
  }

  @Override
  public StepMaker scripts(Site site, NodeName leader) {
    return new Scripts(site, leader)::step;
  }

  @Override
  public List<String> warnings(PasswordGoal goal) {
    return List.of(
        "a follower that receives goes on; one that loses its connection in the moment between the"
            + " leader's new password and its own tries again 5 s later"
            + " (wal_retrieve_retry_interval); should replctl be ended just there, such a one waits"
            + " for replctl op resume");
  }

  private static Step role(PasswordGoal goal, Accounts.Account account) {
    Scripts scripts = new Scripts(goal.site(), goal.leader());
    String name = "password-" + account.key();
    SecretRef fresh = goal.fresh(account.password());
    SecretRef old = goal.old(account.password());
    Map<String, Value> back = values(goal, account, old, fresh);
    back.put("identity", scripts.identity());
    return scripts
        .onData(
            name,
            "set another password of the role " + account.role() + " on " + goal.leader(),
            goal.leader(),
            "password",
            values(goal, account, fresh, old),
            QUICK)
        .undoneBy(scripts.perform(goal.leader(), "password", back));
  }

  private static Map<String, Value> values(
      PasswordGoal goal, Accounts.Account account, SecretRef wanted, SecretRef other) {
    Map<String, Value> values = new TreeMap<>();
    values.put("role", Value.of(account.role()));
    values.put("replication", Value.of(account.replication() ? "yes" : "no"));
    values.put("verifier", new Value.Hidden(wanted, Value.Form.SCRAM_SHA_256));
    values.put("password", PostgresqlSetup.plain(wanted));
    values.put("other", PostgresqlSetup.plain(other));
    values.put("host", Value.of(goal.site().declared(goal.leader()).host()));
    values.put("probe", Value.of(account.probe()));
    return values;
  }

  /** One that holds back what it applies has them in its own data only later, and never leads. */
  private static Step passfile(PasswordGoal goal, NodeName node) {
    Scripts scripts = new Scripts(goal.site(), goal.leader());
    boolean applies = goal.site().declared(node).delay().isEmpty();
    Map<String, Value> back =
        passwords(
            goal,
            goal.old(Accounts.REPLICATION_PASSWORD),
            goal.old(Accounts.REWIND_PASSWORD),
            false);
    return passfile(goal, node, true, applies).undoneBy(scripts.perform(node, "passfile", back));
  }

  private static Step passfile(PasswordGoal goal, NodeName node, boolean passing, boolean applies) {
    SecretRef replication = Accounts.REPLICATION_PASSWORD;
    SecretRef rewind = Accounts.REWIND_PASSWORD;
    return new Scripts(goal.site(), goal.leader())
        .step(
            "passwords-" + node,
            "keep the new passwords of the followers' logins on " + node,
            node,
            "passfile",
            passwords(
                goal,
                passing ? goal.fresh(replication) : replication,
                passing ? goal.fresh(rewind) : rewind,
                applies),
            APPLYING.plus(QUICK));
  }

  private static Map<String, Value> passwords(
      PasswordGoal goal, SecretRef replication, SecretRef rewind, boolean applied) {
    Map<String, Value> values = new TreeMap<>();
    values.put("hosts", Value.of(goal.hosts()));
    values.put("replication", Value.of(Conninfo.ROLE));
    values.put("replication_password", PostgresqlSetup.plain(replication));
    values.put("rewind", Value.of(Accounts.REWIND));
    values.put("rewind_password", PostgresqlSetup.plain(rewind));
    if (applied) {
      values.put("replication_verifier", new Value.Hidden(replication, Value.Form.SCRAM_SHA_256));
      values.put("rewind_verifier", new Value.Hidden(rewind, Value.Form.SCRAM_SHA_256));
      values.put("patience", PostgresqlSetup.seconds(APPLYING));
    }
    return values;
  }

  private static Step login(PasswordGoal goal, NodeName follower, NodeName to) {
    Scripts scripts = new Scripts(goal.site(), goal.leader());
    String state = scripts.layout(follower).state();
    return scripts.onData(
        "login-" + follower + "-" + to,
        "see that " + follower + " can log in to " + to,
        follower,
        "may-follow",
        Map.of(
            "conninfo", Value.of(Conninfo.text(goal.site(), follower, to, state)),
            "patience", PostgresqlSetup.seconds(APPLYING)),
        APPLYING.plus(QUICK));
  }
}

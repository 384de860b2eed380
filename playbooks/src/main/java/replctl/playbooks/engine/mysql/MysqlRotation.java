package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.PasswordGoal;
import replctl.playbooks.engine.Rotation;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.StepMaker;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Value;

/**
 * How the passwords of MySQL's accounts are renewed. A server lets in by two of them: followers
 * change over one after the other while both do, so that no write waits for more than one of them.
 */
final class MysqlRotation implements Rotation {
  private static final Duration QUICK = Duration.ofSeconds(30);

  /**
   * For a follower to apply what the leader has written: those that are further behind are told.
   */
  private static final Duration APPLYING = Duration.ofSeconds(20);

  @Override
  public List<SecretRef> passwords(Site site, NodeName leader) {
    return MysqlAccounts.of(site.declared(leader)).stream()
        .map(MysqlAccounts.Account::password)
        .toList();
  }

  @Override
  public List<Phase> renewed(PasswordGoal goal) {
    List<Phase> phases = new ArrayList<>();
    phases.add(
        Phase.inOrder(
            goal.leader() + " lets replctl's accounts in with their new passwords too",
            accounts(goal).map(a -> both(goal, a)).toList()));
    phases.add(
        new Phase(
            "each node that may lead lets them in with these",
            goal.logins((follower, to) -> login(goal, follower, to))));
    List<Step> channels = goal.followers().stream().map(n -> channel(goal, n)).toList();
    if (!channels.isEmpty()) {
      phases.add(Phase.inOrder("followers receive with them, one after the other", channels));
    }
    phases.add(Phase.inOrder("this host uses them", List.of(goal.taken())));
    phases.add(
        Phase.inOrder(
            "nobody is let in with the old ones",
            accounts(goal).map(a -> alone(goal, a)).toList()));
    return phases;
  }

  @Override
  public StepMaker scripts(Site site, NodeName leader) {
    return new MysqlScripts(site, leader)::step;
  }

  @Override
  public List<String> warnings(PasswordGoal goal) {
    return goal.absent().stream()
        .map(
            node ->
                node
                    + " goes on with the old password, and is not let in with it any more: when it"
                    + " is back: replctl rejoin "
                    + node)
        .toList();
  }

  private static Stream<MysqlAccounts.Account> accounts(PasswordGoal goal) {
    return MysqlAccounts.of(goal.site().declared(goal.leader())).stream()
        .filter(a -> goal.renews(a.password()));
  }

  private static Step both(PasswordGoal goal, MysqlAccounts.Account account) {
    MysqlScripts scripts = new MysqlScripts(goal.site(), goal.leader());
    SecretRef fresh = goal.fresh(account.password());
    SecretRef old = goal.old(account.password());
    return scripts
        .onData(
            "password-" + account.key(),
            "let the account " + account.user() + " in with another password, too",
            goal.leader(),
            "password",
            values(account, fresh, old, true),
            QUICK)
        .undoneBy(
            scripts.performOnData(goal.leader(), "password", values(account, old, fresh, false)));
  }

  private static Step alone(PasswordGoal goal, MysqlAccounts.Account account) {
    MysqlScripts scripts = new MysqlScripts(goal.site(), goal.leader());
    SecretRef fresh = goal.fresh(account.password());
    SecretRef old = goal.old(account.password());
    return scripts
        .onData(
            "old-password-" + account.key(),
            "let the account " + account.user() + " in no more with its old password",
            goal.leader(),
            "password",
            values(account, fresh, old, false),
            QUICK)
        .undoneBy(
            scripts.performOnData(goal.leader(), "password", values(account, old, fresh, true)));
  }

  private static Map<String, Value> values(
      MysqlAccounts.Account account, SecretRef wanted, SecretRef other, boolean both) {
    Map<String, Value> values = new TreeMap<>();
    values.put("user", Value.of(account.user()));
    values.put("password", MysqlScripts.plain(wanted));
    values.put("other", MysqlScripts.plain(other));
    values.put("both", Value.of(both ? "yes" : "no"));
    values.put("probe", Value.of(account.probe()));
    return values;
  }

  /** Also sees there that the account's new password has come by then. */
  private static Step login(PasswordGoal goal, NodeName follower, NodeName to) {
    MysqlScripts scripts = new MysqlScripts(goal.site(), goal.leader());
    Map<String, Value> values = new TreeMap<>(scripts.following(follower, to, QUICK));
    values.put("password", MysqlScripts.plain(goal.fresh(MysqlAccounts.REPLICATION_PASSWORD)));
    values.put("trial", MysqlScripts.seconds(APPLYING));
    return scripts.onData(
        "login-" + follower + "-" + to,
        "see that " + follower + " can log in to " + to + " with the new password",
        follower,
        "may-follow",
        values,
        APPLYING.plus(QUICK));
  }

  /** Its receiver stops for a moment, and its applier goes on. */
  private static Step channel(PasswordGoal goal, NodeName follower) {
    MysqlScripts scripts = new MysqlScripts(goal.site(), goal.leader());
    NodeName from =
        goal.site()
            .seen(follower)
            .server()
            .flatMap(Server::upstream)
            .filter(n -> goal.site().cluster().node(n).isPresent())
            .orElse(goal.leader());
    MysqlFollow follow = new MysqlFollow(scripts, follower, from);
    ScriptCall back =
        scripts.performOnData(
            follower, "follow", follow.renewing(goal.old(MysqlAccounts.REPLICATION_PASSWORD)));
    return scripts
        .onData(
            "channel-" + follower,
            "have " + follower + " receive from " + from + " with the new password",
            follower,
            "follow",
            follow.renewing(goal.fresh(MysqlAccounts.REPLICATION_PASSWORD)),
            QUICK.multipliedBy(5))
        .undoneBy(back);
  }
}

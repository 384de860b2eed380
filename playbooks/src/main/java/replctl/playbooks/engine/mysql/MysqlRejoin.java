package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.playbooks.engine.Ladder;
import replctl.playbooks.engine.Rejoin;
import replctl.playbooks.engine.RejoinGoal;
import replctl.playbooks.engine.Setup;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/**
 * How a MySQL server comes back as a follower: remains.sh and supply.sh ask.
 *
 * @param setup makes credentials and copies
 */
record MysqlRejoin(Setup setup) implements Rejoin {
  /** For one log, while somebody waits for an answer. */
  private static final Duration READING = Duration.ofSeconds(4);

  @Override
  public ScriptCall remains(RejoinGoal goal) {
    Map<String, Value> values =
        new TreeMap<>(new MysqlScripts(goal.site(), goal.leader()).layout(goal.node()).values());
    values.put("theirs", Value.of(new MysqlRemains(goal).surveyed().toString()));
    values.put("patience", MysqlScripts.seconds(READING));
    return ScriptCall.probe(new Script("mysql", "remains"), values);
  }

  @Override
  public ScriptCall supply(RejoinGoal goal) {
    return ScriptCall.probe(
        new Script("mysql", "supply"),
        new MysqlScripts(goal.site(), goal.leader()).layout(goal.from()).values());
  }

  @Override
  public boolean follows(RejoinGoal goal) {
    Optional<Server> server = goal.seen().server();
    MysqlRemains has = new MysqlRemains(goal);
    return server.flatMap(Server::streaming).orElse(false)
        && server.flatMap(Server::upstream).equals(Optional.of(goal.from()))
        && applies(goal)
        && has.unknown().isEmpty()
        && !has.hasTail()
        && server
            .get()
            .identity()
            .equals(goal.site().seen(goal.leader()).server().flatMap(Server::identity));
  }

  /** One that stopped at a transaction goes on receiving. */
  private static boolean applies(RejoinGoal goal) {
    return new MysqlNode(goal.site().declared(goal.node()), goal.site().facts(goal.node()))
        .channel()
        .filter(MysqlChannel::applies)
        .isPresent();
  }

  @Override
  public Optional<Refusal> objection(RejoinGoal goal) {
    return new MysqlRemains(goal).theirs().isPresent()
        ? Optional.empty()
        : Optional.of(
            Refusal.of(
                Refusal.Code.E_STATE_01,
                "which transactions "
                    + goal.leader()
                    + " has can't be read: its gtid_executed is too long, or it did not say.",
                "replctl status " + goal.site().cluster().name()));
  }

  @Override
  public Ladder ladder(RejoinGoal goal) {
    return MysqlRejoinLadder.of(new MysqlRemains(goal));
  }

  @Override
  public List<Phase> phases(RejoinGoal goal, String way) {
    return new MysqlRejoinSteps(goal, setup).phases(way);
  }

  @Override
  public List<Step> tidy(RejoinGoal goal) {
    return new MysqlRejoinSteps(goal, setup).tidy();
  }

  @Override
  public List<Step> durability(RejoinGoal goal) {
    Optional<Acks> now = goal.site().seen(goal.leader()).server().flatMap(Server::acks);
    Acks then = setup.acks(goal.setup(), goal.leader());
    SetupGoal receiving = receiving(goal);
    boolean grows =
        now.isPresent()
            && then.needed() >= now.get().needed()
            && then.ackers().containsAll(now.get().ackers())
            // What is written down must not be more than what is waited for.
            && setup.acks(receiving, goal.leader()).needed() == then.needed();
    return grows
        ? setup.durability(receiving, goal.leader()).stream().map(Step::owed).toList()
        : List.of();
  }

  /** The leader, the one that comes back, and those that receive by now: only these acknowledge. */
  private static SetupGoal receiving(RejoinGoal goal) {
    SetupGoal all = goal.setup();
    return new SetupGoal(
        all.site(),
        all.leader(),
        all.nodes().stream()
            .filter(
                n ->
                    n.equals(goal.leader())
                        || n.equals(goal.node())
                        || goal.site().seen(n).server().flatMap(Server::streaming).orElse(false))
            .toList(),
        all.policy());
  }
}

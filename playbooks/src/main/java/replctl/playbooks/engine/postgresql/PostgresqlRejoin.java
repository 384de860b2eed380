package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.playbooks.engine.Ladder;
import replctl.playbooks.engine.Rejoin;
import replctl.playbooks.engine.RejoinGoal;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** How a PostgreSQL server comes back as a follower: remains.sh and supply.sh ask. */
public final class PostgresqlRejoin implements Rejoin {
  /** For one file, while somebody waits for an answer. */
  private static final Duration RESTORING = Duration.ofSeconds(2);

  @Override
  public ScriptCall remains(RejoinGoal goal) {
    Remains has = new Remains(goal);
    Map<String, Value> values =
        new TreeMap<>(new Scripts(goal.site(), goal.leader()).layout(goal.node()).values());
    values.put("scan", Value.of(has.scan()));
    values.put(
        "fork", Value.of(has.byFiles().flatMap(Parting::fork).map(Lsn::toString).orElse("")));
    values.put("segment", Value.of(Long.toString(has.segment())));
    values.put(
        "next", Value.of(has.next().stream().mapToObj(Long::toString).findFirst().orElse("")));
    values.put("restore_command", Value.of(FromArchive.of(has).declared().orElse("")));
    values.put("restore_patience", PostgresqlSetup.seconds(RESTORING));
    values.put(
        "tip", Value.of(has.byFiles().filter(p -> !p.branched()).isPresent() ? "yes" : "no"));
    return ScriptCall.probe(new Script("postgresql", "remains"), values);
  }

  @Override
  public ScriptCall supply(RejoinGoal goal) {
    Remains has = new Remains(goal);
    Map<String, Value> values =
        new TreeMap<>(new Scripts(goal.site(), goal.leader()).layout(goal.from()).values());
    values.put("segment", Value.of(Long.toString(has.segment())));
    values.put("scan", Value.of(""));
    values.put("fork", Value.of(""));
    values.put("timeline", Value.of(has.node().text("tip.timeline").orElse("")));
    values.put("at", Value.of(Remains.lsn(has.node(), "tip.at").map(Lsn::toString).orElse("")));
    values.put("sum", Value.of(has.node().text("tip.sum").orElse("")));
    return ScriptCall.probe(new Script("postgresql", "supply"), values);
  }

  @Override
  public boolean follows(RejoinGoal goal) {
    Optional<Server> server = goal.seen().server();
    Facts facts = goal.site().facts(goal.node());
    return server.flatMap(Server::streaming).orElse(false)
        && server.flatMap(Server::upstream).equals(Optional.of(goal.from()))
        && facts.text("upstream.slot").equals(Optional.of(Conninfo.slot(goal.node())))
        && server
            .get()
            .identity()
            .equals(goal.site().seen(goal.leader()).server().flatMap(Server::identity));
  }

  @Override
  public Optional<Refusal> objection(RejoinGoal goal) {
    Facts node = goal.site().facts(goal.node());
    Facts leader = goal.site().facts(goal.leader());
    Remains has = new Remains(goal);
    if (has.leaderTimeline().isEmpty() || !has.leaderHistory().known()) {
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              "the history of " + goal.leader() + "'s timeline can't be read from its pg_wal.",
              "replctl status " + goal.site().cluster().name()));
    }
    if (!has.absent() && !node.text("major").equals(leader.text("major"))) {
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              goal.node()
                  + "'s data is of PostgreSQL "
                  + node.text("major").orElse("?")
                  + ", and "
                  + goal.leader()
                  + "'s of "
                  + leader.text("major").orElse("?")
                  + ".",
              "install the leader's version on "
                  + goal.node()
                  + ", move its data away, then: replctl rejoin "
                  + goal.node()));
    }
    return Optional.empty();
  }

  @Override
  public Ladder ladder(RejoinGoal goal) {
    return RejoinLadder.of(new Remains(goal));
  }

  @Override
  public List<Phase> phases(RejoinGoal goal, String way) {
    return new RejoinSteps(goal).phases(way);
  }

  @Override
  public List<Step> tidy(RejoinGoal goal) {
    return new RejoinSteps(goal).tidy();
  }

  @Override
  public List<Step> durability(RejoinGoal goal) {
    Facts leader = goal.site().facts(goal.leader());
    Durability wanted = Durability.of(goal.setup(), goal.leader());
    Optional<SynchronousNames> now =
        SynchronousNames.parse(leader.text("setting.synchronous_standby_names").orElse(""));
    Optional<SynchronousNames> then = SynchronousNames.parse(wanted.names());
    boolean applied =
        leader.text("setting.synchronous_commit").equals(Optional.of("remote_apply"))
            && !wanted.commit().equals("remote_apply");
    boolean grows =
        now.isPresent()
            && then.isPresent()
            && !applied
            && then.get().needed() >= now.get().needed()
            && now.get().names().stream().allMatch(then.get()::names);
    return grows
        ? new PostgresqlSetup()
            .durability(goal.setup(), goal.leader()).stream().map(Step::owed).toList()
        : List.of();
  }
}

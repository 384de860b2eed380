package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import replctl.inventory.Archive;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Certificates;
import replctl.playbooks.engine.Drift;
import replctl.playbooks.engine.Setup;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.StartGuard;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Value;

/** How PostgreSQL's replication is set up. Steps are made just for what was seen to differ. */
public final class PostgresqlSetup implements Setup {
  private static final Duration QUICK = Duration.ofSeconds(30);
  private static final Duration CREATING = Duration.ofMinutes(5);

  /** Recovery decides how long a start takes; the server is only waited for. */
  private static final Duration STARTING = Duration.ofMinutes(10);

  @Override
  public ScriptCall question(Cluster cluster, Node node, Facts surveyed) {
    HostLayout layout = HostLayout.of(node, surveyed, Optional.empty());
    Map<String, Value> values = new TreeMap<>(layout.values());
    values.put(
        "peers",
        Value.of(
            cluster.nodes().stream()
                .map(n -> n.name() + " " + n.host())
                .collect(Collectors.joining("\n"))));
    values.put("debian", Value.of(layout.debian()));
    values.put("stanza", Value.of(cluster.archive().flatMap(Archive::stanza).orElse("")));
    String reader = node.database().user();
    values.put("reader", Value.of(reader));
    values.put("host", Value.of(node.host()));
    values.put("cluster", Value.of(cluster.name().value()));
    values.put("node", Value.of(node.name().value()));
    values.put("engine", Value.of("postgresql"));
    values.put("guard", Value.of(node.connection() == Node.Connection.SSH ? "yes" : ""));
    boolean leads = surveyed.text("in_recovery").equals(Optional.of("no"));
    if (leads && PostgresqlDrift.hasScramPassword(surveyed, reader)) {
      values.put("reader_password", plain(Accounts.READER_PASSWORD));
      values.put("reader_verifier", verifier(Accounts.READER_PASSWORD));
    }
    return ScriptCall.probe(new Script("postgresql", "premises"), values);
  }

  @Override
  public List<SecretRef> secrets(Site site) {
    return List.of(
        Accounts.READER_PASSWORD, Accounts.REPLICATION_PASSWORD, Accounts.REWIND_PASSWORD);
  }

  @Override
  public List<Refusal> objections(SetupGoal goal) {
    List<Refusal> all = new ArrayList<>(new SetupObjections(goal).all());
    if (all.isEmpty()) {
      all.addAll(guard(goal).objections());
    }
    return all;
  }

  @Override
  public List<Drift> drift(SetupGoal goal, NodeName node) {
    if (goal.isAbsent(node)) {
      return List.of();
    }
    List<Drift> all = new ArrayList<>(new PostgresqlDrift(goal).of(node));
    all.addAll(guard(goal).drift(node));
    return all;
  }

  @Override
  public List<Step> create(SetupGoal goal) {
    NodeName node = goal.leader();
    if (!goal.isAbsent(node)) {
      return List.of();
    }
    HostLayout layout = scripts(goal).layout(node);
    return List.of(
        scripts(goal)
            .step(
                "create-" + node,
                "make an empty server with checksums in " + layout.data(),
                node,
                "create",
                Map.of("debian", Value.of(layout.debian()), "wal", Value.of("")),
                CREATING));
  }

  @Override
  public List<Step> authority(SetupGoal goal) {
    return Certificates.authority(goal);
  }

  @Override
  public List<Step> credentials(SetupGoal goal, NodeName node) {
    List<Step> steps = new ArrayList<>(Certificates.steps(goal, node, scripts(goal)::step));
    PostgresqlDrift drift = new PostgresqlDrift(goal);
    if (drift.passwordFile(node).isPresent()) {
      String hosts =
          goal.site().cluster().nodes().stream()
              .map(n -> n.host() + " " + n.database().port())
              .collect(Collectors.joining("\n"));
      steps.add(
          scripts(goal)
              .step(
                  "passwords-" + node,
                  "keep the passwords of the followers' logins on " + node,
                  node,
                  "passfile",
                  Map.of(
                      "hosts", Value.of(hosts),
                      "replication", Value.of(Conninfo.ROLE),
                      "replication_password", plain(Accounts.REPLICATION_PASSWORD),
                      "rewind", Value.of(Accounts.REWIND),
                      "rewind_password", plain(Accounts.REWIND_PASSWORD)),
                  QUICK));
    }
    return steps;
  }

  @Override
  public List<Step> configure(SetupGoal goal, NodeName node) {
    PostgresqlDrift drift = new PostgresqlDrift(goal);
    List<Step> steps = new ArrayList<>();
    if (drift.settings(node).isPresent()) {
      steps.add(settings(goal, node));
    }
    if (drift.access(node).isPresent()) {
      steps.add(access(goal, node));
    }
    return steps;
  }

  @Override
  public List<Step> restart(SetupGoal goal, NodeName node) {
    List<String> parameters = new PostgresqlDrift(goal).waiting(node);
    if (parameters.isEmpty() || !goal.policy().restart()) {
      return List.of();
    }
    return List.of(
        scripts(goal)
            .onData(
                "restart-" + node,
                "restart " + node + " for " + String.join(", ", parameters),
                node,
                "restart",
                Map.of(
                    "parameters", Value.of(String.join(" ", parameters)),
                    "patience", seconds(STARTING.dividedBy(2))),
                STARTING));
  }

  @Override
  public List<Step> start(SetupGoal goal) {
    return goal.seen(goal.leader()).presence() == Presence.RUNNING
        ? List.of()
        : List.of(start(goal, goal.leader(), "leader"));
  }

  @Override
  public List<Step> accounts(SetupGoal goal) {
    PostgresqlDrift drift = new PostgresqlDrift(goal);
    NodeName leader = goal.leader();
    return Accounts.of(goal.site().declared(leader)).stream()
        .filter(a -> drift.account(a).isPresent())
        .map(a -> account(goal, leader, a))
        .toList();
  }

  @Override
  public List<Step> copy(SetupGoal goal, NodeName node, NodeName from) {
    Scripts scripts = scripts(goal);
    HostLayout layout = scripts.layout(node);
    Follow follow = new Follow(goal, scripts, node, from);
    List<Step> steps = new ArrayList<>();
    steps.add(follow.slot());
    if (!layout.debian().isEmpty() && !goal.site().facts(node).truth("configured").orElse(false)) {
      steps.add(
          scripts.step(
              "configuration-" + node,
              "make the configuration " + layout.config(),
              node,
              "configuration",
              Map.of("debian", Value.of(layout.debian())),
              CREATING));
    }
    steps.add(follow.copy());
    steps.add(settings(goal, node));
    steps.add(access(goal, node));
    steps.add(start(goal, node, "follower"));
    steps.add(follow.followsAsCopied());
    return steps.stream().map(Step::owed).toList();
  }

  @Override
  public List<Step> attach(SetupGoal goal, NodeName follower, NodeName upstream) {
    if (new PostgresqlDrift(goal).upstream(follower).isEmpty()) {
      return List.of();
    }
    Follow follow = new Follow(goal, scripts(goal), follower, upstream);
    List<Step> steps = new ArrayList<>();
    steps.add(follow.slot());
    if (goal.seen(follower).presence() != Presence.RUNNING) {
      steps.add(start(goal, follower, "follower"));
    }
    steps.add(follow.follow());
    follow.dropOldSlot().ifPresent(steps::add);
    return steps.stream().map(Step::owed).toList();
  }

  @Override
  public StartGuard guard(SetupGoal goal) {
    return new StartGuard(
        goal,
        node -> {
          HostLayout layout = scripts(goal).layout(node);
          return new StartGuard.Seat(
              "postgresql",
              Map.of(
                  "data", layout.data(),
                  "bin", layout.bin(),
                  "socket", layout.socket(),
                  "port", Integer.toString(layout.port())),
              layout.service(),
              layout.state());
        });
  }

  @Override
  public Acks acks(SetupGoal goal, NodeName node) {
    return Durability.of(goal, node).acks();
  }

  @Override
  public List<Step> durability(SetupGoal goal, NodeName node) {
    Durability wanted = Durability.of(goal, node);
    boolean leads = node.equals(goal.leader());
    boolean asItIsMade = goal.isAbsent(node) && (!leads || wanted.names().isEmpty());
    if (asItIsMade || new PostgresqlDrift(goal).durability(node).isEmpty()) {
      return List.of();
    }
    // Who counts already goes on counting, whether it streams at this moment or not.
    String added =
        leads
            ? wanted.ackers().stream()
                .filter(n -> !Durability.counts(goal, n))
                .map(NodeName::value)
                .collect(Collectors.joining(" "))
            : "";
    String words =
        wanted.names().isEmpty()
            ? "let commits wait for nobody"
            : "let commits wait for " + wanted.names();
    return List.of(
        scripts(goal)
            .onData(
                "durability-" + node,
                leads ? words : words + ", should " + node + " lead",
                node,
                "durability",
                Map.of(
                    "names", Value.of(wanted.names()),
                    "commit", Value.of(wanted.commit()),
                    "ackers", Value.of(added)),
                QUICK));
  }

  @Override
  public Step reached(SetupGoal goal) {
    return PostgresqlWaiting.reached(scripts(goal), goal.leader(), acks(goal, goal.leader()));
  }

  private static Scripts scripts(SetupGoal goal) {
    return new Scripts(goal.site(), goal.leader());
  }

  private static Step settings(SetupGoal goal, NodeName node) {
    Scripts scripts = scripts(goal);
    String text = SettingsFile.text(goal, node, scripts.layout(node));
    return scripts.onData(
        "settings-" + node,
        "write " + node + "'s replctl.conf",
        node,
        "settings",
        Map.of("text", Value.of(text)),
        QUICK);
  }

  private static Step access(SetupGoal goal, NodeName node) {
    return scripts(goal)
        .onData(
            "access-" + node,
            "write replctl's block of " + node + "'s pg_hba.conf",
            node,
            "access",
            Map.of("block", Value.of(AccessBlock.text(goal, node))),
            QUICK);
  }

  private static Step start(SetupGoal goal, NodeName node, String as) {
    return scripts(goal)
        .onData(
            "start-" + node,
            "start " + node + " as " + as,
            node,
            "start",
            Map.of("as", Value.of(as), "patience", seconds(STARTING)),
            STARTING.plus(QUICK));
  }

  private static Step account(SetupGoal goal, NodeName leader, Accounts.Account account) {
    Map<String, Value> values = new TreeMap<>();
    values.put("role", Value.of(account.role()));
    values.put("replication", Value.of(account.replication() ? "yes" : "no"));
    values.put("member_of", Value.of(String.join(" ", account.memberOf())));
    values.put("functions", Value.of(String.join("\n", account.functions())));
    values.put("verifier", verifier(account.password()));
    values.put("password", plain(account.password()));
    values.put("host", Value.of(goal.site().declared(leader).host()));
    values.put("probe", Value.of(account.probe()));
    return scripts(goal)
        .onData(
            "account-" + account.key(),
            new PostgresqlDrift(goal).hasOnlyAnotherPassword(account)
                ? "set the password of the role " + account.role() + " on " + leader
                : "have the role " + account.role() + " on " + leader,
            leader,
            "account",
            values,
            QUICK);
  }

  private static Value verifier(SecretRef secret) {
    return new Value.Hidden(secret, Value.Form.SCRAM_SHA_256);
  }

  static Value plain(SecretRef secret) {
    return new Value.Hidden(secret, Value.Form.PLAIN);
  }

  static Value seconds(Duration duration) {
    return Value.of(Long.toString(duration.toSeconds()));
  }
}

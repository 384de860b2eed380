package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Certificates;
import replctl.playbooks.engine.Drift;
import replctl.playbooks.engine.Setup;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.StartGuard;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Value;

/** How MySQL's replication is set up. Steps are made just for what was seen to differ. */
public final class MysqlSetup implements Setup {
  private static final Duration QUICK = Duration.ofSeconds(30);

  /** Recovery decides how long a start takes; the server is only waited for. */
  private static final Duration STARTING = Duration.ofMinutes(10);

  /** A limit, not an estimate: terabytes over a slow link. */
  private static final Duration COPYING = Duration.ofDays(7);

  @Override
  public ScriptCall question(Cluster cluster, Node node, Facts surveyed) {
    MysqlLayout layout = MysqlLayout.of(node, surveyed);
    Map<String, Value> values = new TreeMap<>(layout.values());
    values.put(
        "peers",
        Value.of(
            cluster.nodes().stream()
                .map(n -> n.name() + " " + n.host())
                .collect(Collectors.joining("\n"))));
    values.put("reader", Value.of(node.database().user()));
    values.put("host", Value.of(node.host()));
    values.putAll(MysqlGuard.question(cluster, node));
    if (surveyed.truth("writable").orElse(false)) {
      values.put("reader_password", MysqlScripts.plain(MysqlAccounts.READER_PASSWORD));
    }
    return ScriptCall.probe(new Script("mysql", "premises"), values);
  }

  @Override
  public Optional<Refusal> refuses(Site site, NodeName node) {
    return MysqlSetupObjections.refuses(site, node);
  }

  @Override
  public List<SecretRef> secrets(Site site) {
    return List.of(
        MysqlAccounts.READER_PASSWORD,
        MysqlAccounts.REPLICATION_PASSWORD,
        MysqlAccounts.CLONE_PASSWORD);
  }

  @Override
  public List<Refusal> objections(SetupGoal goal) {
    List<Refusal> all = new ArrayList<>(new MysqlSetupObjections(goal).all());
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
    List<Drift> all = new ArrayList<>(new MysqlDrift(goal).of(node));
    all.addAll(guard(goal).drift(node));
    return all;
  }

  /**
   * The server, where its package has made none; one that runs has its data named, which every copy
   * will have.
   */
  @Override
  public List<Step> create(SetupGoal goal) {
    NodeName node = goal.leader();
    MysqlEmptyServer empty = new MysqlEmptyServer(goal, node);
    if (empty.isNeeded()) {
      return List.of(empty.create());
    }
    boolean named =
        new MysqlNode(goal.site().declared(node), goal.site().facts(node)).identity().isPresent();
    return named ? List.of() : List.of(empty.named());
  }

  @Override
  public List<Step> authority(SetupGoal goal) {
    return Certificates.authority(goal);
  }

  @Override
  public List<Step> credentials(SetupGoal goal, NodeName node) {
    return Certificates.steps(goal, node, scripts(goal)::step);
  }

  @Override
  public List<Phase> together(SetupGoal goal) {
    return new MysqlGtidMode(goal).phases();
  }

  @Override
  public List<Step> configure(SetupGoal goal, NodeName node) {
    return new MysqlDrift(goal).options(node).isPresent()
        ? List.of(options(goal, node))
        : List.of();
  }

  @Override
  public List<Step> restart(SetupGoal goal, NodeName node) {
    boolean free = goal.isAbsent(node) || goal.policy().restart();
    List<String> waiting = new MysqlDrift(goal).waiting(node);
    return waiting.isEmpty() || !free
        ? List.of()
        : List.of(restart(goal, node, restarting(node, waiting)));
  }

  /** A leader that its configuration has closed is opened; one that was just made gets its name. */
  @Override
  public List<Step> start(SetupGoal goal) {
    MysqlEmptyServer empty = new MysqlEmptyServer(goal, goal.leader());
    if (empty.isNeeded()) {
      return List.of(
          empty.start(),
          restart(goal, goal.leader(), "let " + goal.leader() + " take writes"),
          empty.named());
    }
    boolean closed = !goal.isAbsent(goal.leader()) && !goal.seen(goal.leader()).writable();
    return closed ? new MysqlOpening().open(goal.site(), goal.leader()) : List.of();
  }

  @Override
  public List<Step> accounts(SetupGoal goal) {
    MysqlDrift drift = new MysqlDrift(goal);
    return MysqlAccounts.of(goal.site().declared(goal.leader())).stream()
        .filter(a -> drift.account(a).isPresent())
        .map(a -> account(goal, a))
        .toList();
  }

  @Override
  public List<Step> copy(SetupGoal goal, NodeName node, NodeName from) {
    List<Step> steps = new ArrayList<>();
    steps.addAll(configure(goal, node));
    MysqlEmptyServer empty = new MysqlEmptyServer(goal, node);
    if (empty.isNeeded()) {
      steps.add(empty.create());
      steps.add(empty.start());
    }
    List<String> waiting = new MysqlDrift(goal).waiting(node);
    if (!waiting.isEmpty()) {
      steps.add(restart(goal, node, restarting(node, waiting)));
    }
    steps.add(copy(goal, node, MysqlDonor.of(goal, node, from), false));
    steps.add(
        new MysqlFollow(scripts(goal), node, from)
            .follow(MysqlFollow.Stopped.REFUSED, MysqlAcknowledging.recorded(goal.site(), node)));
    return steps.stream().map(Step::owed).toList();
  }

  /**
   * All of another server's data, in place of what is here.
   *
   * @param replace there is data here that may go
   */
  static Step copy(SetupGoal goal, NodeName node, NodeName from, boolean replace) {
    MysqlScripts scripts = scripts(goal);
    Node donor = goal.site().declared(from);
    Map<String, Value> values = new TreeMap<>();
    values.put("donor_host", Value.of(donor.host()));
    values.put("donor_port", Value.of(Integer.toString(donor.database().port())));
    values.put("user", Value.of(MysqlAccounts.CLONE));
    values.put("password", MysqlScripts.plain(MysqlAccounts.CLONE_PASSWORD));
    values.put("copies", scripts.identity());
    values.put("replace", Value.of(replace ? "yes" : "no"));
    values.put("patience", MysqlScripts.seconds(STARTING));
    return scripts.step(
        "copy-" + node, "copy " + from + " to " + node, node, "copy", values, COPYING);
  }

  @Override
  public List<Step> attach(SetupGoal goal, NodeName follower, NodeName upstream) {
    return new MysqlDrift(goal).upstream(follower).isEmpty()
        ? List.of()
        : List.of(
            new MysqlFollow(scripts(goal), follower, upstream)
                .follow(
                    MysqlFollow.Stopped.STARTED, MysqlAcknowledging.recorded(goal.site(), follower))
                .owed());
  }

  @Override
  public StartGuard guard(SetupGoal goal) {
    return MysqlGuard.of(goal);
  }

  @Override
  public Acks acks(SetupGoal goal, NodeName node) {
    return MysqlDurability.of(goal, node).acks();
  }

  /** By its row it is told later what was written on a follower meanwhile: see MysqlErrant. */
  @Override
  public List<Step> told(SetupGoal goal) {
    NodeName leader = goal.leader();
    MysqlNode seen = new MysqlNode(goal.site().declared(leader), goal.site().facts(leader));
    return seen.number("opened.epoch").isPresent() || seen.channel().isPresent()
        ? List.of()
        : List.of(MysqlPromotion.epochRow(scripts(goal), leader).owed());
  }

  @Override
  public List<Step> acknowledging(SetupGoal goal, NodeName follower, boolean counts) {
    return new MysqlAcknowledging(goal, follower).steps(counts);
  }

  @Override
  public List<Step> durability(SetupGoal goal, NodeName node) {
    if (new MysqlDrift(goal).durability(node).isEmpty()) {
      return List.of();
    }
    MysqlDurability wanted = MysqlDurability.of(goal, node);
    boolean leads = node.equals(goal.leader());
    return List.of(
        scripts(goal)
            .onData(
                "durability-" + node,
                leads ? wanted.words() : wanted.words() + ", should " + node + " lead",
                node,
                "durability",
                MysqlWaiting.values(goal.site(), wanted, leads ? wanted.ackers() : List.of()),
                QUICK));
  }

  @Override
  public boolean takesAnyWord() {
    return true;
  }

  @Override
  public Step reached(SetupGoal goal) {
    return MysqlWaiting.reached(scripts(goal), goal.leader());
  }

  private static MysqlScripts scripts(SetupGoal goal) {
    return new MysqlScripts(goal.site(), goal.leader());
  }

  private static Step options(SetupGoal goal, NodeName node) {
    boolean own = goal.site().facts(node).truth("options.own").orElse(false);
    String title = "write " + node + "'s zz-replctl.cnf" + (own ? "" : ", as root");
    return options(goal, new MysqlOptions(goal, node), "options-" + node, title);
  }

  /** The same of a node whose word will count by then. */
  static Step counting(SetupGoal goal, NodeName node) {
    return options(
        goal,
        new MysqlOptions(goal, node, true),
        "acknowledging-" + node,
        "have " + node + " acknowledge after each start, too");
  }

  private static Step options(SetupGoal goal, MysqlOptions options, String name, String title) {
    NodeName node = options.node();
    Map<String, Value> values = new TreeMap<>();
    values.put("text", Value.of(options.text()));
    values.put("now", Value.of(options.now()));
    // A server that is to be replaced by a copy has no data of this cluster's to be known by.
    return hasNoData(goal, node)
        ? scripts(goal).step(name, title, node, "options", values, QUICK)
        : scripts(goal).onData(name, title, node, "options", values, QUICK);
  }

  private static boolean hasNoData(SetupGoal goal, NodeName node) {
    return new MysqlEmptyServer(goal, node).isNeeded()
        || (goal.isAbsent(node) && !node.equals(goal.leader()));
  }

  private static String restarting(NodeName node, List<String> waiting) {
    return "restart " + node + " for " + String.join(", ", waiting);
  }

  private static Step restart(SetupGoal goal, NodeName node, String title) {
    MysqlOptions options = new MysqlOptions(goal, node);
    Map<String, Value> values = new TreeMap<>();
    values.put("wanted", Value.of(options.atStart()));
    values.put("plugins", Value.of(String.join(" ", options.plugins())));
    values.put("as", Value.of(node.equals(goal.leader()) ? "leader" : "follower"));
    values.put("patience", MysqlScripts.seconds(STARTING.dividedBy(2)));
    return hasNoData(goal, node)
        ? scripts(goal).step("restart-" + node, title, node, "restart", values, STARTING)
        : scripts(goal).onData("restart-" + node, title, node, "restart", values, STARTING);
  }

  private static Step account(SetupGoal goal, MysqlAccounts.Account account) {
    Map<String, Value> values = new TreeMap<>();
    values.put("user", Value.of(account.user()));
    values.put("password", MysqlScripts.plain(account.password()));
    values.put("grants", Value.of(String.join("\n", account.grants())));
    values.put("probe", Value.of(account.probe()));
    return scripts(goal)
        .onData(
            "account-" + account.key(),
            "have the account " + account.user() + " on " + goal.leader(),
            goal.leader(),
            "account",
            values,
            QUICK);
  }
}

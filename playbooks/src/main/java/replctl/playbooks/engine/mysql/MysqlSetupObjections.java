package replctl.playbooks.engine.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.SetupPremises;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.world.Facts;

/** Why MySQL can't be set up as things are, each with what to type. */
record MysqlSetupObjections(SetupGoal goal) {
  /** Errors of a login: access denied, or by no account of that plugin. */
  private static final Set<String> LOGIN = Set.of("1045", "1698");

  List<Refusal> all() {
    List<Refusal> all = new ArrayList<>();
    goal.nodes().stream().flatMap(this::answers).forEach(all::add);
    if (all.isEmpty()) {
      goal.nodes().stream().flatMap(this::version).forEach(all::add);
      goal.nodes().stream().flatMap(this::rights).forEach(all::add);
      goal.nodes().stream().flatMap(this::ground).forEach(all::add);
      goal.followers().stream().filter(goal::isAbsent).flatMap(this::room).forEach(all::add);
      accounts().forEach(all::add);
      blockingRestart().forEach(all::add);
      premises().ackers(goal.ackers(goal.leader()).size()).forEach(all::add);
    }
    return all;
  }

  /** Setting up is done by SQL: the server must run and let replctl in. */
  private Stream<Refusal> answers(NodeName node) {
    Facts facts = goal.site().facts(node);
    if (facts.text("client").isEmpty() || facts.text("bin_directory").isEmpty()) {
      return no(
          node + " has no mysqld, or no mysql to ask it with.",
          "on " + node + ", as root: apt-get install mysql-server");
    }
    if (facts.text("sql").equals(Optional.of("answered"))) {
      return Stream.empty();
    }
    boolean stopped = goal.seen(node).presence() == Presence.STOPPED;
    boolean member =
        goal.seen(node).role() == Role.FOLLOWER && facts.text("config.text").isPresent();
    if (stopped && member && !node.equals(goal.leader())) {
      return Stream.empty();
    }
    if (MysqlLayout.isEmpty(facts)) {
      return empty(node, facts);
    }
    Optional<String> service = facts.text("service");
    boolean ownOptions =
        goal.site().declared(node).layout().configDirectory().isPresent() && service.isEmpty();
    return no(
        stopped
            ? node + "'s server is stopped."
            : node + "'s server does not answer: " + facts.text("sql_error").orElse("?") + ".",
        "on "
            + node
            + (ownOptions
                ? ", start its server"
                : ", as root: systemctl start " + service.orElse("mysql"))
            + "; then: replctl init");
  }

  /**
   * What an empty server can be made in: a folder that is empty, and belongs to who would use it.
   */
  private static Stream<Refusal> empty(NodeName node, Facts facts) {
    String folder = facts.text("data_directory").orElse("?");
    String user = facts.text("script_user").orElse("mysql");
    String make = "on " + node + ", as root: install -d -o " + user + " -m 0750 " + folder;
    if (facts.truth("data_empty").isEmpty()) {
      return no("there is no folder " + folder + " on " + node + ".", make);
    }
    if (!facts.truth("data_empty").orElse(false)) {
      return no(
          "there is something in " + folder + " on " + node + ", and it is no server's data.",
          "see what it is, and move it away");
    }
    return facts.text("os_user").equals(Optional.of(user))
        ? Stream.empty()
        : no(
            folder + " on " + node + " belongs to " + facts.text("os_user").orElse("?") + ".",
            make);
  }

  /** The scripts' own account, by which everything is asked, is an administrator's to make. */
  static Optional<Refusal> refuses(Site site, NodeName node) {
    Facts facts = site.facts(node);
    boolean refused =
        facts.text("sql_error_number").filter(LOGIN::contains).isPresent()
            && !facts.text("sql").equals(Optional.of("answered"));
    String user = facts.text("script_user").orElse("mysql");
    return refused
        ? Optional.of(
            Refusal.of(
                Refusal.Code.E_RIGHTS_01,
                node + "'s server does not let the OS user " + user + " in.",
                "on "
                    + node
                    + ", as root, in mysql: "
                    + String.join("; ", MysqlAccounts.ownLogin(user))
                    + ";"))
        : Optional.empty();
  }

  private Stream<Refusal> version(NodeName node) {
    MysqlVersion has = new MysqlOptions(goal, node).version();
    MysqlVersion leading = new MysqlOptions(goal, goal.leader()).version();
    if (has.compareTo(MysqlVersion.OLDEST) < 0) {
      return no(
          node
              + " has MySQL "
              + has
              + "; replctl works with "
              + MysqlVersion.OLDEST
              + " and later.",
          "install a later one on " + node);
    }
    if (goal.isAbsent(node) && !node.equals(goal.leader()) && !has.clones(leading)) {
      return no(
          node
              + " has MySQL "
              + has
              + ", and "
              + goal.leader()
              + " "
              + leading
              + ": a copy is made by CLONE, which wants the same series.",
          "install MySQL " + leading + " on " + node);
    }
    return Stream.empty();
  }

  /** What is not granted would stop the operation half-way. */
  private Stream<Refusal> rights(NodeName node) {
    Facts facts = goal.site().facts(node);
    List<Refusal> all = new ArrayList<>(premises().unitRights(node).toList());
    facts
        .text("options.lacks")
        .map(
            lacks ->
                Refusal.of(
                    Refusal.Code.E_RIGHTS_01,
                    "on " + node + ", sudo does not let replctl write its own file of options.",
                    "on " + node + ", in /etc/sudoers.d (README, MySQL):",
                    lacks))
        .ifPresent(all::add);
    return all.stream();
  }

  private Stream<Refusal> ground(NodeName node) {
    Facts facts = goal.site().facts(node);
    List<Refusal> all = new ArrayList<>();
    if (facts.text("config_directory").isEmpty()) {
      no(
              "no folder is known whose files of options " + node + "'s server reads.",
              "on " + node + ", add to /etc/my.cnf: !includedir /etc/my.cnf.d")
          .forEach(all::add);
    }
    premises().openssl(node).forEach(all::add);
    if (facts.text("setting.log_bin").equals(Optional.of("OFF"))) {
      no(
              node + " writes no binary log: nobody can follow it.",
              "on " + node + ", take skip_log_bin or disable_log_bin out of its options")
          .forEach(all::add);
    }
    for (NodeName peer : goal.declared()) {
      if (facts.text("address." + peer).filter(String::isBlank).isPresent()) {
        all.add(premises().noAddress(node, peer));
      }
    }
    return all.stream();
  }

  /** It is asked before anything is changed: a copy that fills a disk ends half-way. */
  private Stream<Refusal> room(NodeName node) {
    NodeName leader = goal.leader();
    return MysqlRoom.lacks(node, goal.site().facts(node), leader, goal.site().facts(leader), 0)
        .map(
            lacks ->
                Refusal.of(
                    Refusal.Code.E_STATE_01,
                    lacks + ".",
                    "make room there, or move it: data_directory"))
        .stream();
  }

  private Stream<Refusal> accounts() {
    NodeName leader = goal.leader();
    MysqlDrift drift = new MysqlDrift(goal);
    return MysqlAccounts.of(goal.site().declared(leader)).stream()
        .flatMap(
            account -> {
              List<String> more = drift.foreign(account);
              return more.isEmpty()
                  ? Stream.empty()
                  : Stream.of(
                      Refusal.of(
                          Refusal.Code.E_ADOPT_01,
                          "the account "
                              + account.user()
                              + " of "
                              + leader
                              + " is somebody else's: it has more than replctl gives it ("
                              + String.join(", ", more)
                              + ").",
                          account.key().equals("reader")
                              ? "name another in the inventory: database: {user: ...}"
                              : "on " + leader + ": RENAME USER '" + account.user() + "' TO ...;"));
            });
  }

  /** A leader that has to restart before anybody can follow it, and that somebody may use. */
  private Stream<Refusal> blockingRestart() {
    NodeName leader = goal.leader();
    if (goal.isAbsent(leader) || goal.policy().restart() || !goal.seen(leader).writable()) {
      return Stream.empty();
    }
    List<String> waiting =
        new MysqlDrift(goal)
            .waiting(leader).stream()
                .filter(w -> w.startsWith("bind_address") || w.startsWith("plugin "))
                .toList();
    return waiting.isEmpty()
        ? Stream.empty()
        : Stream.of(
            Refusal.of(
                Refusal.Code.E_ADOPT_01,
                leader
                    + " must restart before a follower can be copied from it or acknowledge its"
                    + " writes, for "
                    + String.join(", ", waiting)
                    + ".",
                "when its clients can do without it for a moment: replctl init --restart"));
  }

  private SetupPremises premises() {
    return new SetupPremises(goal);
  }

  private static Stream<Refusal> no(String found, String... next) {
    return Stream.of(Refusal.of(Refusal.Code.E_STATE_01, found, next));
  }
}

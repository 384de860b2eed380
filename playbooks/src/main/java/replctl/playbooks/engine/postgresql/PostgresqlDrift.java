package replctl.playbooks.engine.postgresql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Certificates;
import replctl.playbooks.engine.Drift;
import replctl.playbooks.engine.LineDiff;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.world.Facts;

/**
 * What differs on a node from what the inventory asks. Steps are made just where this is not empty.
 */
final class PostgresqlDrift {
  private static final String ANOTHER_PASSWORD = "has another password than replctl is given";

  private final SetupGoal goal;
  private final Scripts scripts;

  PostgresqlDrift(SetupGoal goal) {
    this.goal = goal;
    this.scripts = new Scripts(goal.site(), goal.leader());
  }

  /** All of a node that has data. */
  List<Drift> of(NodeName node) {
    List<Drift> all = new ArrayList<>();
    Certificates.drift(goal, node).ifPresent(all::add);
    passwordFile(node).ifPresent(all::add);
    settings(node).ifPresent(all::add);
    access(node).ifPresent(all::add);
    if (node.equals(goal.leader())) {
      Accounts.of(goal.site().declared(node)).forEach(a -> account(a).ifPresent(all::add));
    } else {
      upstream(node).ifPresent(all::add);
    }
    durability(node).ifPresent(all::add);
    List<String> waiting = waiting(node);
    if (!waiting.isEmpty()) {
      all.add(new Drift("restart", String.join(", ", waiting), true));
    }
    return all;
  }

  /** The lines that the password file must have, without the passwords. */
  String passwordFileText() {
    return goal.site().cluster().nodes().stream()
        .flatMap(
            n ->
                List.of(Conninfo.ROLE, Accounts.REWIND).stream()
                    .map(
                        role ->
                            n.host().replace("\\", "\\\\").replace(":", "\\:")
                                + ":"
                                + n.database().port()
                                + ":*:"
                                + role))
        .collect(Collectors.joining("\n"));
  }

  Optional<Drift> passwordFile(NodeName node) {
    String has = goal.site().facts(node).text("account_file").orElse("").strip();
    String diff = LineDiff.of(has, passwordFileText());
    return diff.isEmpty() ? Optional.empty() : Optional.of(new Drift("passfile", diff, false));
  }

  /** replctl.conf, where it is not as it must be, or another file's line wins over it. */
  Optional<Drift> settings(NodeName node) {
    Facts facts = goal.site().facts(node);
    HostLayout layout = scripts.layout(node);
    String before = facts.text("config.text").orElse("");
    String after = SettingsFile.text(goal, node, layout);
    List<String> changes = new ArrayList<>();
    String diff = LineDiff.of(before, after);
    if (!diff.isEmpty()) {
      changes.add(diff);
    } else if (!after.isEmpty() && !facts.truth("included").orElse(false)) {
      changes.add("+ a line in postgresql.conf that includes it");
    }
    Map<String, String> wins = wins(facts);
    SettingsFile.parameters(goal, node, layout).stream()
        .filter(p -> wins.containsKey(p.name()))
        .forEach(p -> changes.add("! " + p.name() + " is set again in " + wins.get(p.name())));
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Drift("replctl.conf", String.join("\n", changes), false));
  }

  /** Parameters of replctl.conf whose line another file's line beats, and where that stands. */
  private static Map<String, String> wins(Facts facts) {
    Map<String, String> wins = new LinkedHashMap<>();
    facts.byName().tailMap("wins.").entrySet().stream()
        .takeWhile(e -> e.getKey().startsWith("wins."))
        .forEach(e -> wins.put(e.getKey().substring("wins.".length()), e.getValue()));
    return wins;
  }

  /** Parameters of a running server that change and take hold only at its start. */
  private List<String> restarts(NodeName node, HostLayout layout) {
    Map<String, String> ours =
        SettingsFile.values(goal.site().facts(node).text("config.text").orElse(""));
    return SettingsFile.parameters(goal, node, layout).stream()
        .filter(Parameter::restart)
        .filter(p -> !p.value().equals(ours.get(p.name())))
        .map(Parameter::name)
        .toList();
  }

  /** Parameters of replctl.conf that wait for a restart since an earlier run. */
  private List<String> pending(NodeName node) {
    Facts facts = goal.site().facts(node);
    TreeSet<String> names =
        new TreeSet<>(List.of(facts.text("pending_restart").orElse("").split("[, ]+")));
    names.retainAll(SettingsFile.values(facts.text("config.text").orElse("")).keySet());
    return List.copyOf(names);
  }

  /** Parameters that take hold only when a running server restarts, from now or from before. */
  List<String> waiting(NodeName node) {
    return running(node)
        ? Stream.concat(pending(node).stream(), restarts(node, scripts.layout(node)).stream())
            .distinct()
            .toList()
        : List.of();
  }

  Optional<Drift> access(NodeName node) {
    Facts facts = goal.site().facts(node);
    String before = facts.text("hba.text").orElse("").stripTrailing();
    String diff = LineDiff.of(before, AccessBlock.text(goal, node));
    boolean effective =
        facts.truth("hba.first").orElse(false) && facts.number("hba.blocks").orElse(0) == 1;
    if (diff.isEmpty() && effective) {
      return Optional.empty();
    }
    return Optional.of(
        new Drift(
            "pg_hba.conf", diff.isEmpty() ? "! rules stand before replctl's block" : diff, false));
  }

  /** A role of replctl's that is missing or not as it must be. */
  Optional<Drift> account(Accounts.Account account) {
    Facts facts = goal.site().facts(goal.leader());
    Optional<String> at = roleAt(facts, account.role());
    if (at.isEmpty()) {
      return Optional.of(new Drift("role " + account.role(), "is missing", false));
    }
    List<String> wrong = new ArrayList<>();
    if (!facts.truth(at.get() + ".login").orElse(false)) {
      wrong.add("may not log in");
    }
    if (facts.truth(at.get() + ".replication").orElse(false) != account.replication()) {
      wrong.add(account.replication() ? "may not replicate" : "may replicate");
    }
    if (!hasScramPassword(facts, account.role())) {
      wrong.add("has no SCRAM password");
    } else if (facts.text("password." + account.role()).equals(Optional.of("other"))) {
      wrong.add(ANOTHER_PASSWORD);
    }
    List<String> member = List.of(facts.text("membership." + account.role()).orElse("").split(" "));
    account.memberOf().stream()
        .filter(m -> !member.contains(m))
        .forEach(m -> wrong.add("is not a member of " + m));
    if (facts.number("grant." + account.role()).orElse(0) < account.functions().size()) {
      wrong.add("may not call all that pg_rewind calls");
    }
    return wrong.isEmpty()
        ? Optional.empty()
        : Optional.of(new Drift("role " + account.role(), String.join(", ", wrong), false));
  }

  /** Whether a role is as it must be but for its password, which is another. */
  boolean hasOnlyAnotherPassword(Accounts.Account account) {
    return account(account).filter(d -> d.change().equals(ANOTHER_PASSWORD)).isPresent();
  }

  /** Whether the survey saw the role, with a password that replctl can use. */
  static boolean hasScramPassword(Facts surveyed, String role) {
    return roleAt(surveyed, role)
        .flatMap(at -> surveyed.text(at + ".password"))
        .equals(Optional.of("scram"));
  }

  /** Where the survey lists a role: {@code role.3}. */
  static Optional<String> roleAt(Facts facts, String role) {
    for (int n = 1; n <= facts.count("role"); n++) {
      if (facts.text("role." + n + ".name").equals(Optional.of(role))) {
        return Optional.of("role." + n);
      }
    }
    return Optional.empty();
  }

  /** Where a follower receives from, with what, and by which slot. */
  Optional<Drift> upstream(NodeName node) {
    Facts facts = goal.site().facts(node);
    Map<String, String> wanted =
        Conninfo.parts(goal.site(), node, goal.upstream(node), scripts.layout(node).state());
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    wanted.forEach(
        (key, value) -> {
          facts
              .text("upstream." + key)
              .ifPresent(has -> before.append(key).append('=').append(has).append('\n'));
          after.append(key).append('=').append(value).append('\n');
        });
    facts.text("upstream.slot").ifPresent(s -> before.append("slot=").append(s).append('\n'));
    after.append("slot=").append(Conninfo.slot(node)).append('\n');
    String diff = LineDiff.of(before.toString(), after.toString());
    if (facts.truth("upstream.has_password").orElse(false)) {
      diff += (diff.isEmpty() ? "" : "\n") + "- password=***";
    }
    boolean streams = goal.seen(node).server().flatMap(s -> s.streaming()).orElse(false);
    if (diff.isEmpty() && streams) {
      return Optional.empty();
    }
    return Optional.of(new Drift("upstream", diff.isEmpty() ? "it does not stream" : diff, false));
  }

  Optional<Drift> durability(NodeName node) {
    Facts facts = goal.site().facts(node);
    Durability wanted = Durability.of(goal, node);
    String names = facts.text("setting.synchronous_standby_names").orElse("");
    String commit = facts.text("setting.synchronous_commit").orElse("");
    if (running(node) && names.equals(wanted.names()) && commit.equals(wanted.commit())) {
      return Optional.empty();
    }
    String diff =
        LineDiff.of(
            "synchronous_standby_names = " + names + "\nsynchronous_commit = " + commit,
            "synchronous_standby_names = "
                + wanted.names()
                + "\nsynchronous_commit = "
                + wanted.commit());
    return Optional.of(new Drift("durability", diff, false));
  }

  private boolean running(NodeName node) {
    return goal.seen(node).presence() == Presence.RUNNING;
  }
}

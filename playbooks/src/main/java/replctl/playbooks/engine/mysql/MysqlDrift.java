package replctl.playbooks.engine.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Certificates;
import replctl.playbooks.engine.Drift;
import replctl.playbooks.engine.LineDiff;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.world.Facts;

/**
 * What differs on a node from what the inventory asks. Steps are made just where this is not empty.
 */
final class MysqlDrift {
  private static final String ATTRIBUTES = "caching_sha2_password ANY N N";
  private static final String ANOTHER_PASSWORD = "has another password than replctl is given";
  private static final Pattern GRANT =
      Pattern.compile("GRANT (.*) ON (\\S+) TO \\S+( WITH GRANT OPTION)?");

  private final SetupGoal goal;

  MysqlDrift(SetupGoal goal) {
    this.goal = goal;
  }

  /** All of a node that has data. */
  List<Drift> of(NodeName node) {
    List<Drift> all = new ArrayList<>();
    Certificates.drift(goal, node).ifPresent(all::add);
    options(node).ifPresent(all::add);
    if (new MysqlGtidMode(goal).isOff(node)) {
      all.add(
          new Drift(
              "gtid_mode",
              goal.site().facts(node).text("setting.gtid_mode").orElse("?")
                  + " -> ON, while it runs; statements that GTIDs can't follow are refused then",
              false));
    }
    if (node.equals(goal.leader())) {
      MysqlAccounts.of(goal.site().declared(node)).forEach(a -> account(a).ifPresent(all::add));
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

  /** replctl's file of options, or what a running server could have of it and has not. */
  Optional<Drift> options(NodeName node) {
    Facts facts = goal.site().facts(node);
    MysqlOptions options = new MysqlOptions(goal, node);
    List<String> changes = new ArrayList<>();
    String diff =
        LineDiff.of(facts.text("config.text").orElse("").stripTrailing(), options.text().strip());
    if (!diff.isEmpty()) {
      changes.add(diff);
    }
    if (running(node)) {
      options.differing().forEach(d -> changes.add("! it runs with " + d));
    }
    options.options().stream()
        .filter(o -> facts.text("persisted." + o.name()).isPresent())
        .forEach(
            o ->
                changes.add(
                    "! "
                        + o.name()
                        + " = "
                        + facts.text("persisted." + o.name()).orElse("")
                        + " was persisted, and would win at a start"));
    return changes.isEmpty()
        ? Optional.empty()
        : Optional.of(new Drift("zz-replctl.cnf", String.join("\n", changes), false));
  }

  /** What takes hold only when a running server restarts. */
  List<String> waiting(NodeName node) {
    return running(node) ? new MysqlOptions(goal, node).waiting() : List.of();
  }

  /** An account of replctl's that is missing or not as it must be. */
  Optional<Drift> account(MysqlAccounts.Account account) {
    Facts facts = goal.site().facts(goal.leader());
    String what = "account " + account.user();
    Optional<String> attributes = facts.text("attributes." + account.user());
    if (attributes.isEmpty()) {
      return Optional.of(new Drift(what, "is missing", false));
    }
    List<String> wrong = new ArrayList<>();
    if (!attributes.get().equals(ATTRIBUTES)) {
      wrong.add("is " + attributes.get() + ", and must be " + ATTRIBUTES);
    }
    Set<String> lacks = rights(account.grants());
    lacks.removeAll(has(facts, account));
    lacks.forEach(right -> wrong.add("lacks " + right));
    if (facts.text("password." + account.user()).equals(Optional.of("other"))) {
      wrong.add(ANOTHER_PASSWORD);
    }
    return wrong.isEmpty()
        ? Optional.empty()
        : Optional.of(new Drift(what, String.join(", ", wrong), false));
  }

  /** What such an account has and replctl does not give. */
  List<String> foreign(MysqlAccounts.Account account) {
    Set<String> more = has(goal.site().facts(goal.leader()), account);
    more.removeAll(rights(account.grants()));
    return List.copyOf(more);
  }

  private static Set<String> has(Facts facts, MysqlAccounts.Account account) {
    Set<String> has = new TreeSet<>();
    for (String line : facts.text("account." + account.user()).orElse("").lines().toList()) {
      Matcher grant = GRANT.matcher(line.replace("`", ""));
      if (grant.matches()) {
        has.addAll(rights(List.of(grant.group(1) + " ON " + grant.group(2))));
        if (grant.group(3) != null) {
          has.add("GRANT OPTION ON " + grant.group(2));
        }
      }
    }
    has.removeIf(right -> right.startsWith("USAGE ON "));
    return has;
  }

  /** One by one: {@code PROCESS ON *.*}. */
  private static Set<String> rights(List<String> grants) {
    Set<String> rights = new TreeSet<>();
    for (String grant : grants) {
      String[] parts = grant.split(" ON ", 2);
      for (String privilege : parts[0].split(", ")) {
        rights.add(privilege + " ON " + parts[1]);
      }
    }
    return rights;
  }

  /** Where a follower receives from, and how. */
  Optional<Drift> upstream(NodeName node) {
    MysqlNode seen = new MysqlNode(goal.site().declared(node), goal.site().facts(node));
    Optional<Server> server = goal.seen(node).server();
    NodeName wanted = goal.upstream(node);
    List<String> wrong = new ArrayList<>();
    if (!server.flatMap(Server::upstream).equals(Optional.of(wanted))) {
      wrong.add(
          "it receives from "
              + server.flatMap(Server::upstream).map(NodeName::value).orElse("nobody known")
              + ", not from "
              + wanted);
    } else if (!server.flatMap(Server::streaming).orElse(false)) {
      wrong.add("it does not stream");
    }
    Optional<MysqlChannel> channel = seen.channel();
    if (channel.isPresent()) {
      wrong.addAll(channel.get().unlike(goal.site().declared(wanted)));
    }
    return wrong.isEmpty()
        ? Optional.empty()
        : Optional.of(new Drift("channel", String.join(", ", wrong), false));
  }

  /** What commits wait for, or would. */
  Optional<Drift> durability(NodeName node) {
    Facts facts = goal.site().facts(node);
    MysqlDurability wanted = MysqlDurability.of(goal, node);
    MysqlNode seen = new MysqlNode(goal.site().declared(node), facts);
    String before = facts.text("semi_sync").orElse("");
    String diff = LineDiff.of(before.stripTrailing(), wanted.text());
    if (diff.isEmpty() && goal.seen(node).writable() && !MysqlAcks.isSet(seen, wanted)) {
      diff = "! the server does not wait like that";
    }
    return diff.isEmpty() ? Optional.empty() : Optional.of(new Drift("semi-sync", diff, false));
  }

  private boolean running(NodeName node) {
    Presence presence = goal.seen(node).presence();
    boolean answered = goal.site().facts(node).text("sql").equals(Optional.of("answered"));
    return answered && (presence == Presence.RUNNING || presence == Presence.ABSENT);
  }
}

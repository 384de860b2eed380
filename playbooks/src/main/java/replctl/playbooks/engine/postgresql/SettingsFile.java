package replctl.playbooks.engine.postgresql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Certificates;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.world.Facts;

/**
 * The text of replctl.conf on a node. A server that replctl makes gets every parameter; one that
 * was there gets only those of which it has too little. What once stands in the file stays in it,
 * so that the same node gives the same text again.
 */
final class SettingsFile {
  private static final Pattern LINE = Pattern.compile("(?m)^([a-z_]+) = '((?:[^']|'')*)'$");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+");

  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(kB|MB|GB|TB)");

  private static final String SLOT_LIMIT = "max_slot_wal_keep_size";

  static final String RESTORE = "restore_command";

  /** pg_settings.context of what takes hold only at a start: this one is such in PostgreSQL 13. */
  private static final Optional<String> AT_START = Optional.of("postmaster");

  private SettingsFile() {}

  /** The whole text that the file must have; empty: the server needs no such file. */
  static String text(SetupGoal goal, NodeName node, HostLayout layout) {
    List<Parameter> wanted = parameters(goal, node, layout);
    if (wanted.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder(heading(goal, node));
    wanted.forEach(p -> text.append(p.line()).append('\n'));
    return text.toString();
  }

  private static String heading(SetupGoal goal, NodeName node) {
    return "# Parameters of node "
        + node
        + " of cluster "
        + goal.site().cluster().name()
        + ", written by replctl init.\n"
        + "# Yours belong into other files; where they and this file differ, init says so.\n";
  }

  /** Those that belong into the file. */
  static List<Parameter> parameters(SetupGoal goal, NodeName node, HostLayout layout) {
    Facts facts = goal.site().facts(node);
    Map<String, String> ours = values(facts.text("config.text").orElse(""));
    boolean all = ours.isEmpty() && goal.seen(node).presence() != Presence.RUNNING;
    List<Parameter> wanted = new ArrayList<>();
    for (Parameter p : needs(goal, node, layout)) {
      Optional<String> before = Optional.ofNullable(ours.get(p.name()));
      if (before.isPresent()) {
        wanted.add(before.filter(v -> keeps(p, v)).map(p::with).orElse(p));
      } else if (all || !p.isMetBy(facts)) {
        wanted.add(p);
      }
    }
    return wanted;
  }

  /** The same text with the restore_command that is declared; as it is where none is. */
  static String restoring(SetupGoal goal, NodeName node, String text) {
    Optional<Parameter> wanted = restore(goal, node);
    if (wanted.isEmpty() || text.lines().anyMatch(wanted.get().line()::equals)) {
      return text;
    }
    String others =
        (text.isEmpty() ? heading(goal, node) : text)
            .lines()
            .filter(l -> !l.startsWith(RESTORE + " "))
            .collect(Collectors.joining("\n"));
    return others + '\n' + wanted.get().line() + '\n';
  }

  /** The parameters of a file that replctl wrote, in its order. */
  static Map<String, String> values(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    Matcher lines = LINE.matcher(text);
    while (lines.find()) {
      values.put(lines.group(1), lines.group(2).replace("''", "'"));
    }
    return values;
  }

  /** A number that was enough before stays; so does a limit that was made for a disk of then. */
  private static boolean keeps(Parameter p, String before) {
    return before.equals(p.value())
        || p.name().equals(SLOT_LIMIT)
        || inBytes(before).filter(p.enough()).isPresent();
  }

  /** A number, or a size as a number of bytes: as a running server's values are told. */
  private static Optional<String> inBytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return Optional.of(text).filter(t -> NUMBER.matcher(t).matches());
    }
    int bits = 10 * (1 + List.of("kB", "MB", "GB", "TB").indexOf(size.group(2)));
    return Optional.of(Long.toString(Long.parseLong(size.group(1)) << bits));
  }

  private static List<Parameter> needs(SetupGoal goal, NodeName node, HostLayout layout) {
    Facts facts = goal.site().facts(node);
    List<Parameter> all = new ArrayList<>();
    all.add(Parameter.preferred("cluster_name", node.value(), true));
    if (layout.debian().isEmpty()) {
      all.add(Parameter.preferred("port", Integer.toString(layout.port()), true));
      all.add(Parameter.preferred("unix_socket_directories", layout.socket(), true));
    }
    all.add(listen(goal, node));
    all.add(Parameter.preferred("password_encryption", "scram-sha-256", false));
    all.add(Parameter.exactly("ssl", "on", false));
    all.add(Parameter.exactly("ssl_cert_file", Certificates.certificate(layout.state()), false));
    all.add(Parameter.exactly("ssl_key_file", Certificates.key(layout.state()), false));
    all.add(Parameter.unless("wal_level", "replica", true, v -> v.matches("replica|logical")));
    all.add(Parameter.exactly("hot_standby", "on", true));
    all.addAll(capacity(goal, node));
    all.add(Parameter.atLeast("wal_keep_size", 512L << 20, false).with("512MB"));
    all.add(Parameter.unless(SLOT_LIMIT, slotLimit(facts), false, v -> !v.equals("-1")));
    if (!checksums(goal, node)) {
      all.add(Parameter.exactly("wal_log_hints", "on", true));
    }
    // A follower that hears nothing for that long tries anew; 0 would mean never.
    all.add(
        Parameter.unless(
            "wal_receiver_timeout",
            "10s",
            false,
            v -> Parameter.number(v).filter(ms -> ms > 0 && ms <= 10_000).isPresent()));
    // After its leader was started again a follower tries once in so long; commits may wait for it.
    all.add(
        Parameter.unless(
            "wal_retrieve_retry_interval",
            "1s",
            false,
            v -> Parameter.number(v).filter(ms -> ms <= 1000).isPresent()));
    all.add(Parameter.exactly("recovery_target_timeline", "latest", true));
    restore(goal, node).ifPresent(all::add);
    goal.site()
        .declared(node)
        .delay()
        .map(delay -> Long.toString(delay.toMillis()))
        .ifPresent(ms -> all.add(Parameter.exactly("recovery_min_apply_delay", ms, false)));
    return all;
  }

  /**
   * What the inventory says of it wins over the operator's own files. A survey does not tell the
   * command, which may have secrets in it: only its line here shows that it is the right one.
   */
  static Optional<Parameter> restore(SetupGoal goal, NodeName node) {
    boolean atStart =
        goal.site().facts(node).text("setting_context.restore_command").equals(AT_START);
    return goal.site()
        .cluster()
        .archive()
        .map(a -> Parameter.exactly(RESTORE, a.restoreCommand(), atStart));
  }

  /** Of a copy that is still to be made: as what it will be copied from. */
  private static boolean checksums(SetupGoal goal, NodeName node) {
    Facts from = goal.site().facts(goal.isAbsent(node) ? goal.leader() : node);
    return from.number("control.data_checksums").orElse(1) != 0;
  }

  /**
   * Senders and slots for every other node twice over, where they are set anew. What a server has
   * is enough with one for each other node, one more for each copy that is still to be made (a copy
   * takes two) and two to spare: a node more is no reason to restart a leader. On a follower no
   * less than the leader has: with less it would not start (PostgreSQL, Hot Standby,
   * Administrator's Overview).
   */
  private static List<Parameter> capacity(SetupGoal goal, NodeName node) {
    Facts leader = goal.site().facts(goal.leader());
    boolean follower = !node.equals(goal.leader());
    int nodes = goal.site().cluster().nodes().size();
    String ample = Long.toString(Math.max(10, 2L * nodes + 4));
    long copies = goal.followers().stream().filter(goal::isAbsent).count();
    long enough = nodes + 1 + copies;
    List<Parameter> all = new ArrayList<>();
    long senders = follower ? leader.number("setting.max_wal_senders").orElse(0) : 0;
    all.add(
        Parameter.atLeast("max_wal_senders", Math.max(enough, senders), true)
            .with(senders > Long.parseLong(ample) ? Long.toString(senders) : ample));
    all.add(Parameter.atLeast("max_replication_slots", enough, true).with(ample));
    if (follower) {
      for (String name :
          List.of(
              "max_connections",
              "max_worker_processes",
              "max_prepared_transactions",
              "max_locks_per_transaction")) {
        leader
            .number("setting." + name)
            .ifPresent(value -> all.add(Parameter.atLeast(name, value, true)));
      }
    }
    return all;
  }

  /** Where other hosts must get in, every address; on one machine just the one that is named. */
  private static Parameter listen(SetupGoal goal, NodeName node) {
    String host = goal.site().declared(node).host();
    boolean loopback = isLoopback(host);
    return Parameter.unless(
        "listen_addresses",
        loopback ? host : "*",
        true,
        has -> {
          List<String> listed = List.of(has.replace(" ", "").split(","));
          return listed.contains("*")
              || listed.contains("0.0.0.0")
              || listed.contains(host)
              || (loopback && listed.contains("localhost"))
              || (!loopback && listed.stream().anyMatch(a -> !a.isEmpty() && !isLoopback(a)));
        });
  }

  static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d+){3}");
  }

  /**
   * How much log a slot may hold back: a quarter of the log's file system, at least 1 GB. Without a
   * limit one follower that is away fills the leader's disk.
   */
  private static String slotLimit(Facts facts) {
    long total = 0;
    for (int n = 1; n <= facts.count("disk"); n++) {
      String use = facts.text("disk." + n + ".use").orElse("");
      if (use.equals("wal") || (use.equals("data") && total == 0)) {
        total = facts.number("disk." + n + ".total").orElse(0);
      }
    }
    long gigabytes = total == 0 ? 10 : Math.max(1, (total / 4) >> 30);
    return Math.min(gigabytes, 1024) + "GB";
  }
}

package replctl.playbooks.sim.postgresql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's parameters: what its files say, and what holds now. Files come in the order of their
 * strength: the operator's own, replctl's included one, what ALTER SYSTEM wrote.
 */
final class Config {
  private static final Pattern LINE =
      Pattern.compile("\\s*([a-z_.]+)\\s*=?\\s*('(?:[^']|'')*'|[^#\\s]*).*");

  /** A value of shared_preload_libraries with which no server starts. */
  static final String MISSING = "no_such_library";

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("work_mem", "4MB"),
          Map.entry("port", "5432"),
          Map.entry("listen_addresses", "localhost"),
          Map.entry("primary_conninfo", ""),
          Map.entry("primary_slot_name", ""),
          Map.entry("synchronous_standby_names", ""),
          Map.entry("synchronous_commit", "on"),
          Map.entry("wal_sender_timeout", "60s"),
          Map.entry("wal_receiver_timeout", "60s"),
          Map.entry("wal_retrieve_retry_interval", "5s"),
          Map.entry("wal_log_hints", "off"),
          Map.entry("wal_level", "replica"),
          Map.entry("max_wal_senders", "10"),
          Map.entry("max_replication_slots", "10"),
          Map.entry("max_connections", "100"),
          Map.entry("max_worker_processes", "8"),
          Map.entry("max_prepared_transactions", "0"),
          Map.entry("max_locks_per_transaction", "64"),
          Map.entry("hot_standby", "on"),
          Map.entry("recovery_target_timeline", "latest"),
          Map.entry("password_encryption", "scram-sha-256"),
          Map.entry("unix_socket_directories", "/var/run/postgresql"),
          Map.entry("wal_keep_size", "0"),
          Map.entry("max_slot_wal_keep_size", "-1"),
          Map.entry("ssl", "off"));

  /** Parameters that take hold at a start only. */
  private static final Set<String> AT_START =
      Set.of(
          "port",
          "listen_addresses",
          "wal_log_hints",
          "wal_level",
          "max_wal_senders",
          "max_replication_slots",
          "max_connections",
          "max_worker_processes",
          "max_prepared_transactions",
          "max_locks_per_transaction",
          "hot_standby",
          "archive_mode",
          "shared_preload_libraries");

  private final Map<String, String> base = new TreeMap<>();
  private final Map<String, String> auto = new TreeMap<>();
  private String included = "";
  private String loaded = "";
  private final Map<String, Long> durations = new HashMap<>();
  private Map<String, String> active = new TreeMap<>(DEFAULTS);

  /** The operator's own file. */
  Map<String, String> base() {
    return base;
  }

  /** postgresql.auto.conf. */
  Map<String, String> auto() {
    return auto;
  }

  /** The text of replctl's file, where it is included. */
  void included(String text) {
    included = text;
  }

  private Map<String, String> files() {
    Map<String, String> all = new TreeMap<>(DEFAULTS);
    all.putAll(base);
    all.putAll(read(included));
    all.putAll(auto);
    return all;
  }

  /** What a start reads. */
  void load() {
    loaded = included;
    active = files();
    durations.clear();
  }

  /** What a reload reads. */
  void reload() {
    loaded = included;
    Map<String, String> wanted = files();
    AT_START.forEach(name -> wanted.put(name, active.getOrDefault(name, "")));
    wanted.values().removeIf(String::isEmpty);
    active = wanted;
    durations.clear();
  }

  /** What holds now. */
  String get(String name) {
    return active.getOrDefault(name, "");
  }

  /** Whether it takes hold at a start only. */
  static boolean isAtStart(String name) {
    return AT_START.contains(name);
  }

  /** A library that is not there. */
  boolean keepsFromStarting() {
    return inFiles("shared_preload_libraries").equals(MISSING);
  }

  /** What would hold after a start. */
  String inFiles(String name) {
    return files().getOrDefault(name, "");
  }

  /** What a start would change that a reload can't. */
  List<String> pendingRestart() {
    Map<String, String> wanted = files();
    return AT_START.stream()
        .filter(n -> !wanted.getOrDefault(n, "").equals(get(n)))
        .sorted()
        .toList();
  }

  /** replctl's file as the server has read it. */
  String loaded() {
    return loaded;
  }

  /** Whether replctl's file is read at all. */
  boolean isIncluded() {
    return !included.isEmpty();
  }

  /** A duration, in milliseconds. */
  long millis(String name) {
    return durations.computeIfAbsent(name, n -> millisOf(get(n)));
  }

  static long millisOf(String text) {
    String unit = text.replaceAll("[0-9]", "").trim();
    long number = Long.parseLong(text.replaceAll("[^0-9]", ""));
    return switch (unit) {
      case "s" -> number * 1_000;
      case "min" -> number * 60_000;
      default -> number;
    };
  }

  static Map<String, String> read(String text) {
    Map<String, String> found = new TreeMap<>();
    for (String line : text.split("\n")) {
      Matcher matcher = LINE.matcher(line);
      if (!line.trim().startsWith("#") && matcher.matches()) {
        String value = matcher.group(2);
        boolean quoted = value.length() > 1 && value.startsWith("'");
        found.put(
            matcher.group(1),
            quoted ? value.substring(1, value.length() - 1).replace("''", "'") : value);
      }
    }
    return found;
  }

  /** Everything in the files, as text. */
  String text() {
    return base + "\n" + included + "\n" + auto;
  }
}

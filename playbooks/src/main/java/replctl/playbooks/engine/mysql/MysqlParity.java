package replctl.playbooks.engine.mysql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;

/** Whether a follower is as its leader is, where clients or the log count on it. Pure. */
final class MysqlParity {
  /** Names are shown up to this many. */
  private static final int SHOWN = 10;

  /**
   * A setting that is to be alike.
   *
   * @param otherwise what it does where it is not
   */
  private record Alike(String name, String otherwise) {}

  private static final List<Alike> ALIKE =
      List.of(
          new Alike(
              "sql_mode", "should it lead, statements fail, or do otherwise, that do not now"),
          new Alike(
              "lower_case_table_names", "names of tables are not found, and its applier may stop"),
          new Alike("character_set_server", "should it lead, new schemas are made otherwise"),
          new Alike("collation_server", "should it lead, new schemas are made otherwise"),
          new Alike("transaction_isolation", "should it lead, transactions see otherwise"),
          new Alike("default_storage_engine", "should it lead, new tables are made otherwise"),
          new Alike(
              "explicit_defaults_for_timestamp", "should it lead, new tables are made otherwise"),
          new Alike("innodb_page_size", "no copy by CLONE can be made of one from the other"));

  private final MysqlNode on;
  private final MysqlNode leader;
  private final List<Finding> found = new ArrayList<>();

  private MysqlParity(MysqlNode on, MysqlNode leader) {
    this.on = on;
    this.leader = leader;
  }

  static List<Finding> of(MysqlNode follower, MysqlNode leader) {
    MysqlParity parity = new MysqlParity(follower, leader);
    parity.settings();
    parity.less();
    parity.plugins();
    parity.accounts();
    return parity.found;
  }

  private void settings() {
    ALIKE.forEach(
        a -> alike(a.name(), on.setting(a.name()), leader.setting(a.name()), a.otherwise()));
    alike(
        "time_zone",
        timeZone(on),
        timeZone(leader),
        "should it lead, times are shown and kept otherwise");
  }

  private void alike(String name, Optional<String> mine, Optional<String> its, String harm) {
    if (mine.isPresent() && its.isPresent() && !mine.equals(its)) {
      add(
          Level.WARNING,
          "setting-differs",
          name + " is " + mine.get() + ", and " + its.get() + " on " + leader.name() + ": " + harm,
          "set " + name + " alike in the options of both");
    }
  }

  /** SYSTEM stands for the host's own. */
  private static Optional<String> timeZone(MysqlNode of) {
    Optional<String> zone = of.setting("time_zone");
    return zone.filter("SYSTEM"::equals).isPresent() ? of.setting("system_time_zone") : zone;
  }

  private void less() {
    less(
        "max_allowed_packet",
        Level.WARNING,
        "should it lead, larger statements and rows are refused");
    less(
        "innodb_buffer_pool_size",
        Level.NOTE,
        "should it lead, more is read from its disk than now");
  }

  private void less(String name, Level level, String harm) {
    OptionalLong mine = on.number("setting." + name);
    OptionalLong its = leader.number("setting." + name);
    if (mine.isPresent() && its.isPresent() && mine.getAsLong() < its.getAsLong()) {
      add(
          level,
          "setting-smaller",
          name
              + " is "
              + mine.getAsLong()
              + ", and "
              + its.getAsLong()
              + " on "
              + leader.name()
              + ": "
              + harm,
          "set persist " + name + " = " + its.getAsLong() + " on " + on.name());
    }
  }

  private void plugins() {
    Optional<String> mine = on.facts().text("plugins");
    Optional<String> its = leader.facts().text("plugins");
    if (mine.isEmpty() || its.isEmpty()) {
      return;
    }
    Set<String> missing = new TreeSet<>(its.get().lines().toList());
    mine.get().lines().forEach(missing::remove);
    if (!missing.isEmpty()) {
      add(
          Level.WARNING,
          "plugin-missing",
          "plugins or components of "
              + leader.name()
              + " are not active on it: "
              + String.join(", ", missing)
              + "; should it lead, what uses them fails",
          "install them there; a component: set sql_log_bin = 0, super_read_only = 0; install"
              + " component ...; set global super_read_only = 1");
    }
  }

  /** By their names alone; passwords and rights count. */
  private void accounts() {
    Optional<String> mine = on.facts().text("accounts");
    Optional<String> its = leader.facts().text("accounts");
    if (mine.isEmpty() || its.isEmpty()) {
      return;
    }
    Map<String, String> here = accounts(mine.get());
    Map<String, String> there = accounts(its.get());
    List<String> missing = there.keySet().stream().filter(n -> !here.containsKey(n)).toList();
    List<String> more = here.keySet().stream().filter(n -> !there.containsKey(n)).toList();
    List<String> other =
        here.entrySet().stream()
            .filter(e -> there.containsKey(e.getKey()))
            .filter(e -> !there.get(e.getKey()).equals(e.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (missing.isEmpty() && more.isEmpty() && other.isEmpty()) {
      return;
    }
    String what =
        String.join(
            "; ",
            Stream.of(
                    words("missing ", missing),
                    words("with another password or other rights ", other),
                    words("that " + leader.name() + " does not have ", more))
                .flatMap(Optional::stream)
                .toList());
    add(
        Level.WARNING,
        "accounts-differ",
        "its accounts are not those of "
            + leader.name()
            + ": "
            + what
            + "; should it lead, clients are refused, or may more than they should",
        "show grants of these on both; on "
            + on.name()
            + ": set sql_log_bin = 0, super_read_only = 0; set them alike; set global"
            + " super_read_only = 1");
  }

  private static Optional<String> words(String what, List<String> names) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        what
            + String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
            + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : ""));
  }

  /** Digests by the accounts' names. */
  private static Map<String, String> accounts(String lines) {
    Map<String, String> accounts = new LinkedHashMap<>();
    for (String line : lines.split("\n")) {
      String[] words = line.split(" ", 2);
      if (words.length == 2) {
        accounts.put(words[1], words[0]);
      }
    }
    return accounts;
  }

  private void add(Level level, String code, String text, String cure) {
    found.add(new Finding(level, code, text, cure));
  }
}

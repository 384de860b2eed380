package replctl.playbooks.engine.postgresql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;

/** Whether a leader's data would work the same on another host's programs. Pure. */
final class DataChecks {
  private DataChecks() {}

  /**
   * An extension that was made in a database of the leader's.
   *
   * @param databases where
   */
  private record Made(String name, String version, Set<String> databases) {}

  static List<Finding> ofLeader(Surveyed on) {
    List<Finding> found = new ArrayList<>();
    for (int i = 1; i <= on.count("unlogged"); i++) {
      String row = "unlogged." + i + ".";
      found.add(
          new Finding(
              Level.NOTE,
              "unlogged",
              "unlogged tables of database "
                  + on.facts().text(row + "database").orElse("?")
                  + ": "
                  + on.facts().number(row + "tables").orElse(0)
                  + " ("
                  + on.facts().text(row + "names").orElse("?")
                  + "); after a change of leader these are empty",
              "alter table ... set logged, where their rows are to last"));
    }
    for (int i = 1; i <= on.count("stale"); i++) {
      String row = "stale." + i + ".";
      found.add(
          new Finding(
              Level.WARNING,
              "collation",
              "collations of database "
                  + on.facts().text(row + "database").orElse("?")
                  + " that were made by another version of their library than its host has: "
                  + on.facts().number(row + "collations").orElse(0)
                  + "; indexes that use these may be wrong",
              "reindex what uses them, then alter collation ... refresh version"));
    }
    return found;
  }

  static List<Finding> ofFollower(Surveyed on, Surveyed leader) {
    List<Finding> found = new ArrayList<>();
    extensions(on, leader, found);
    collations(on, leader, found);
    return found;
  }

  private static void extensions(Surveyed on, Surveyed leader, List<Finding> found) {
    Optional<String> available = on.facts().text("available");
    if (available.isEmpty()) {
      return;
    }
    Map<String, Set<String>> has = new LinkedHashMap<>();
    for (String line : available.get().split("\n")) {
      String[] words = line.split(" ", 2);
      has.computeIfAbsent(words[0], name -> new LinkedHashSet<>())
          .add(words.length == 2 ? words[1] : "");
    }
    for (Made made : made(leader)) {
      Set<String> versions = has.getOrDefault(made.name(), Set.of());
      String where = made.name() + " " + made.version() + " of " + databases(made);
      if (versions.isEmpty()) {
        found.add(
            new Finding(
                Level.WARNING,
                "extension-missing",
                "extension "
                    + where
                    + " is not installed on its host: should it lead, whatever uses it fails",
                "install its package on " + on.node().name() + ", as on " + leader.node().name()));
      } else if (!versions.contains(made.version())) {
        found.add(
            new Finding(
                Level.WARNING,
                "extension-version",
                "extension "
                    + where
                    + " is there in other versions ("
                    + String.join(", ", versions)
                    + "): should it lead, functions may be missing",
                "bring its package to the version of " + leader.node().name()));
      }
    }
  }

  private static String databases(Made made) {
    return (made.databases().size() == 1 ? "database " : "databases ")
        + String.join(", ", made.databases());
  }

  private static List<Made> made(Surveyed leader) {
    Map<String, Made> made = new LinkedHashMap<>();
    for (int i = 1; i <= leader.count("made"); i++) {
      String row = "made." + i + ".";
      Optional<String> name = leader.facts().text(row + "name");
      Optional<String> version = leader.facts().text(row + "version");
      if (name.isPresent() && version.isPresent()) {
        made.computeIfAbsent(
                name.get() + " " + version.get(),
                key -> new Made(name.get(), version.get(), new LinkedHashSet<>()))
            .databases()
            .add(leader.facts().text(row + "database").orElse("?"));
      }
    }
    return List.copyOf(made.values());
  }

  /**
   * Texts are sorted by the host's libraries, and indexes are copied byte by byte: where two hosts
   * sort otherwise, rows are not found after a change of leader.
   */
  private static void collations(Surveyed on, Surveyed leader, List<Finding> found) {
    Map<String, String> there = actual(leader);
    Map<String, String> here = actual(on);
    Set<String> differ =
        here.entrySet().stream()
            .filter(
                e -> there.containsKey(e.getKey()) && !there.get(e.getKey()).equals(e.getValue()))
            .map(e -> e.getKey() + " (" + e.getValue() + ", there " + there.get(e.getKey()) + ")")
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (!differ.isEmpty()) {
      found.add(differs(on, leader, "its host sorts texts otherwise in database " + words(differ)));
      return;
    }
    for (String library : List.of("glibc", "icu")) {
      Optional<String> mine = on.facts().text(library);
      Optional<String> its = leader.facts().text(library);
      if (mine.isPresent() && its.isPresent() && !mine.equals(its)) {
        found.add(
            differs(
                on,
                leader,
                "its host has "
                    + (library.equals("icu") ? "ICU's collations " : "")
                    + mine.get()
                    + ", and "
                    + its.get()
                    + " is on "
                    + leader.node().name()));
      }
    }
  }

  private static String words(Set<String> all) {
    return String.join(", ", all);
  }

  private static Finding differs(Surveyed on, Surveyed leader, String what) {
    return new Finding(
        Level.WARNING,
        "collation-differs",
        what + ": should it lead, indexes on text may not find their rows",
        "bring both hosts to one version of the operating system; where "
            + on.node().name()
            + " has led since it differed from "
            + leader.node().name()
            + ", reindex");
  }

  /** By the databases' names. */
  private static Map<String, String> actual(Surveyed on) {
    Map<String, String> versions = new LinkedHashMap<>();
    for (int i = 1; i <= on.count("database"); i++) {
      String row = "database." + i + ".";
      Optional<String> name = on.facts().text(row + "name");
      Optional<String> version = on.facts().text(row + "collation_actual");
      if (name.isPresent() && version.isPresent()) {
        versions.put(name.get(), version.get());
      }
    }
    return versions;
  }
}

package replctl.playbooks.sim.mysql;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import replctl.playbooks.sim.SimParameters;

/** System variables that nothing else of a simulated server depends on, and mysqld-auto.cnf. */
final class Variables implements SimParameters {
  private static final String DEFAULT = "1";

  /** Of those that a running server does not take. */
  private static final Set<String> AT_START = Set.of("innodb_read_io_threads");

  private final Map<String, String> persisted = new TreeMap<>();
  private final Map<String, String> running = new TreeMap<>();
  private final Map<String, String> noted = new TreeMap<>();

  /** What a start reads. */
  void load() {
    running.clear();
    running.putAll(persisted);
  }

  @Override
  public String running(String name) {
    return running.getOrDefault(name, DEFAULT);
  }

  @Override
  public String afterStart(String name) {
    return persisted.getOrDefault(name, DEFAULT);
  }

  @Override
  public Optional<String> written(String name) {
    return Optional.ofNullable(persisted.get(name));
  }

  @Override
  public boolean atStart(String name) {
    return AT_START.contains(name);
  }

  @Override
  public void write(String name, Optional<String> value) {
    if (value.isEmpty()) {
      persisted.remove(name);
      return;
    }
    persisted.put(name, value.get());
    if (!atStart(name)) {
      running.put(name, value.get());
    }
  }

  @Override
  public void tell() {}

  @Override
  public void note(String operation, String name) {
    noted.putIfAbsent(operation + " " + name, running(name));
  }

  @Override
  public void backTo(String operation, String name) {
    String before = noted.get(operation + " " + name);
    if (before != null && !atStart(name)) {
      running.put(name, before);
    }
  }
}

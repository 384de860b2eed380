package replctl.playbooks.sim;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import replctl.playbooks.world.Store;

/**
 * The operator's files. What was appended survives replctl's death; locks do not, and a line that
 * was being written when it died may be there, not at all, or in half.
 */
final class SimStore implements Store {
  private final NavigableMap<String, StringBuilder> files = new TreeMap<>();
  private final Map<String, String> locks = new TreeMap<>();
  private final Operator operator;
  private Optional<String> forgotten = Optional.empty();

  SimStore(Operator operator) {
    this.operator = operator;
  }

  @Override
  public Optional<String> read(String name) {
    return Optional.ofNullable(files.get(name)).map(StringBuilder::toString);
  }

  /** Breaks the world on purpose: entries of that kind are lost. */
  void forget(String entry) {
    forgotten = Optional.of("\"entry\":\"" + entry + "\"");
  }

  @Override
  public void append(String name, String line) {
    if (forgotten.filter(line::contains).isPresent()) {
      return;
    }
    Optional<Fault> fault = operator.nextFault("append " + name);
    StringBuilder file = files.computeIfAbsent(name, n -> new StringBuilder());
    if (!file.isEmpty() && file.charAt(file.length() - 1) != '\n') {
      file.append('\n');
    }
    if (fault.isPresent()) {
      switch (fault.get()) {
        case FAILS_BEFORE, DIES_BEFORE -> throw operator.dies("before a line of " + name);
        case ANSWER_LOST, NEVER_BEGINS, SCRIPT_DIES, DIES_DURING -> {
          file.append(line, 0, line.length() / 2);
          throw operator.dies("within a line of " + name);
        }
        case SLEEPS_BEFORE -> operator.sleeps();
        case OVERTAKEN_BEFORE -> operator.overtaken();
        default -> {}
      }
    }
    file.append(line).append('\n');
    operator.effectEnded();
    if (fault.isPresent()) {
      switch (fault.get()) {
        case DIES_AFTER, BEGINS_LATE -> throw operator.dies("after a line of " + name);
        case SLEEPS_AFTER -> operator.sleeps();
        case OVERTAKEN_AFTER -> operator.overtaken();
        default -> {}
      }
    }
  }

  @Override
  public void remove(String name) {
    files.remove(name);
  }

  @Override
  public void replace(String name, String text) {
    files.put(name, new StringBuilder(text));
  }

  @Override
  public List<String> list(String folder) {
    String prefix = folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/";
    return files.tailMap(prefix, true).keySet().stream()
        .takeWhile(n -> n.startsWith(prefix))
        .map(n -> n.substring(prefix.length()))
        .filter(n -> n.indexOf('/') < 0)
        .toList();
  }

  @Override
  public Hold lock(String name, String owner) {
    String holder = locks.putIfAbsent(name, owner);
    if (holder != null) {
      return new Taken(holder);
    }
    return new Lock(name);
  }

  /** Everything that was ever written. */
  String everything() {
    return String.join("\n", files.values());
  }

  /** The process that held them is gone. */
  void releaseAll() {
    locks.clear();
  }

  private final class Lock implements Held {
    private final String name;

    Lock(String name) {
      this.name = name;
    }

    @Override
    public void close() {
      if (!operator.dead()) {
        locks.remove(name);
      }
    }
  }
}

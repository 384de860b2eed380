package replctl.it.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import replctl.it.Replctl;

/**
 * Brings a cluster back, as README says: by what is open, who is closed, and who does not follow.
 */
final class Rescue {
  /** All of it. */
  private static final long LIMIT = 180_000_000_000L;

  /** What a server and its guard need by themselves after a boot. */
  private static final long BOOT = 20_000_000_000L;

  /** What a server that answers needs to follow by itself. */
  private static final long FOLLOW = 5_000_000_000L;

  private final Field field;
  private final List<Replctl.Result> typed = new ArrayList<>();
  private final long deadline = System.nanoTime() + LIMIT;
  private boolean resumed = true;

  Rescue(Field field) {
    this.field = field;
  }

  /** What was typed, and what it ended with. */
  List<Replctl.Result> typed() {
    return List.copyOf(typed);
  }

  /** Whether the first resume ended each operation that was open. */
  boolean resumed() {
    return resumed;
  }

  /** Heals every fault, and types what is needed; whether one leads then and all follow it. */
  boolean run() {
    field.lab("heal");
    field.nodes().parallelStream().forEach(n -> field.lab("power", n, "on"));
    while (System.nanoTime() - deadline < 0) {
      finish();
      Optional<String> leader = leader();
      if (leader.isEmpty()) {
        continue;
      }
      List<String> behind = behind(leader.get());
      if (behind.isEmpty() && field.operations().resumable().isEmpty()) {
        return true;
      }
      behind.forEach(this::rejoin);
    }
    return false;
  }

  /** Operations that were cut off. */
  private void finish() {
    for (String op : field.operations().resumable()) {
      if (!type("op", "resume", op, "--yes")) {
        resumed = false;
      }
    }
  }

  /** Who leads; where nobody does, it is opened, or replaced. */
  private Optional<String> leader() {
    if (await(BOOT, () -> open().size() == 1)) {
      return Optional.of(open().get(0));
    }
    if (open().isEmpty() && !type("open", "--yes")) {
      type("failover", "--yes");
    }
    return Optional.empty();
  }

  private List<String> open() {
    return field.nodes().stream().filter(n -> field.open(n).orElse(false)).toList();
  }

  private List<String> behind(String leader) {
    List<String> others = field.nodes().stream().filter(n -> !n.equals(leader)).toList();
    await(BOOT, () -> others.stream().allMatch(n -> field.open(n).isPresent()));
    await(FOLLOW, () -> others.stream().allMatch(n -> field.follows(n, leader)));
    return others.stream().filter(n -> !field.follows(n, leader)).toList();
  }

  private void rejoin(String node) {
    if (!type("rejoin", node, "--yes")) {
      type("unfence", node, "--yes");
      type("rejoin", node, "--yes");
    }
  }

  private boolean type(String... words) {
    Replctl.Result result = field.replctl().run(words);
    typed.add(result);
    return result.code() == 0;
  }

  private static boolean await(long nanos, BooleanSupplier condition) {
    long by = System.nanoTime() + nanos;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - by > 0) {
        return false;
      }
      LockSupport.parkNanos(100_000_000);
    }
    return true;
  }
}

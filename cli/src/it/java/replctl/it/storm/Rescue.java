package replctl.it.storm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Brings a cluster back, by what is open, who is closed, and who does not follow. */
final class Rescue {
  /** All of it. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** What a server and whoever watches over it need by themselves after a boot. */
  private static final Duration BOOT = Duration.ofSeconds(20);

  private final Field field;
  private final Tool tool;
  private final List<Typed> typed = new ArrayList<>();
  private final long deadline = System.nanoTime() + LIMIT.toNanos();
  private boolean resumed = true;

  Rescue(Field field) {
    this.field = field;
    this.tool = field.tool();
  }

  /** What was typed, and what it ended with. */
  List<Typed> typed() {
    return List.copyOf(typed);
  }

  /** Whether the first resume ended each operation that was open. */
  boolean resumed() {
    return resumed;
  }

  /**
   * Heals every fault, frees disks and all, and types what is needed; whether one leads then and
   * all follow it.
   */
  boolean run() {
    field.lab("heal");
    field.nodes().parallelStream().forEach(n -> field.lab("power", n, "on"));
    while (System.nanoTime() - deadline < 0) {
      List<Typed> finished = tool.finish();
      typed.addAll(finished);
      resumed = resumed && finished.stream().allMatch(Typed::done);
      Optional<String> leader = leader();
      if (leader.isEmpty()) {
        continue;
      }
      List<String> behind = behind(leader.get());
      if (behind.isEmpty() && tool.finished()) {
        return true;
      }
      behind.forEach(n -> typed.addAll(tool.rejoin(n, leader.get())));
    }
    return false;
  }

  /** Who leads; where nobody does, or several do, what is needed is typed. */
  private Optional<String> leader() {
    Duration patience = tool.heals().compareTo(BOOT) > 0 ? tool.heals() : BOOT;
    if (await(patience, () -> open().size() == 1)) {
      return Optional.of(open().get(0));
    }
    typed.addAll(tool.lead(open()));
    return Optional.empty();
  }

  private List<String> open() {
    return field.nodes().stream().filter(n -> field.open(n).orElse(false)).toList();
  }

  private List<String> behind(String leader) {
    List<String> others = field.nodes().stream().filter(n -> !n.equals(leader)).toList();
    await(BOOT, () -> others.stream().allMatch(n -> field.open(n).isPresent()));
    await(tool.heals(), () -> others.stream().allMatch(n -> field.follows(n, leader)));
    return others.stream().filter(n -> !field.follows(n, leader)).toList();
  }

  private static boolean await(Duration most, BooleanSupplier condition) {
    long by = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - by > 0) {
        return false;
      }
      LockSupport.parkNanos(100_000_000);
    }
    return true;
  }
}

package replctl.playbooks.sim.postgresql;

import java.util.Map;
import java.util.TreeMap;

/** A server's walsenders, by the follower's application_name. */
final class Senders {
  /**
   * One follower's connection.
   *
   * @param flushed what it says it has on its disk
   * @param replayed what it says it has applied
   * @param heard when it last said anything, in virtual time
   */
  record Sender(SimPostgres follower, long flushed, long replayed, long heard) {}

  private final Map<String, Sender> byName = new TreeMap<>();

  void heard(String name, Sender sender) {
    byName.put(name, sender);
  }

  void gone(SimPostgres follower) {
    byName.values().removeIf(s -> s.follower() == follower);
  }

  /** Asked at every tick: what has nobody to drop makes no garbage. */
  void dropOlderThan(long moment) {
    for (Sender sender : byName.values()) {
      if (sender.heard() < moment) {
        byName.values().removeIf(s -> s.heard() < moment);
        return;
      }
    }
  }

  void clear() {
    byName.clear();
  }

  Map<String, Sender> byName() {
    return byName;
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }

  /** Whether everybody has everything up to there. */
  boolean allHave(long position) {
    return byName.values().stream().allMatch(s -> s.flushed() >= position);
  }

  Map<String, Long> confirmed(boolean applied) {
    Map<String, Long> places = new TreeMap<>();
    byName.forEach((name, s) -> places.put(name, applied ? s.replayed() : s.flushed()));
    return places;
  }
}

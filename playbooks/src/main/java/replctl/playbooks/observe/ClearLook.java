package replctl.playbooks.observe;

import java.util.function.Predicate;
import java.util.function.Supplier;
import replctl.playbooks.snapshot.Snapshot;

/** Looks again where one look shows too little of a server that is at work. */
public final class ClearLook {
  /**
   * How many looks at most. A follower under load was between two transactions in about one look of
   * a hundred (MySQL 9.7.4); each look takes as long as the servers' answers do.
   */
  private static final int LOOKS = 4;

  private ClearLook() {}

  /** The first look that is not unclear, or the last one. */
  public static Snapshot look(Supplier<Snapshot> look, Predicate<Snapshot> unclear) {
    Snapshot seen = look.get();
    for (int looks = 1; looks < LOOKS && unclear.test(seen); looks++) {
      seen = look.get();
    }
    return seen;
  }
}

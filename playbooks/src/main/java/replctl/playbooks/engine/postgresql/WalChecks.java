package replctl.playbooks.engine.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import replctl.inventory.Size;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;

/** Whether a server's log has where to go when it is not taken away. Pure. */
final class WalChecks {
  private WalChecks() {}

  static List<Finding> of(Surveyed on) {
    List<Finding> found = new ArrayList<>();
    slots(on, found);
    archive(on, found);
    return found;
  }

  private static void slots(Surveyed on, List<Finding> found) {
    OptionalLong keep = on.settingNumber("max_slot_wal_keep_size");
    if (keep.equals(OptionalLong.of(-1))) {
      found.add(
          new Finding(
              Level.NOTE,
              "slots-unlimited",
              "max_slot_wal_keep_size is -1: the log that a lost follower's slot keeps can fill the"
                  + " disk",
              "set max_slot_wal_keep_size to what its disk can spare, and reload"));
      return;
    }
    OptionalLong free = free(on);
    if (keep.isEmpty() || free.isEmpty()) {
      return;
    }
    long kept = on.slots().stream().mapToLong(s -> s.retained().orElse(0)).max().orElse(0);
    if (keep.getAsLong() - kept > free.getAsLong()) {
      found.add(
          new Finding(
              Level.WARNING,
              "slots-above-disk",
              "max_slot_wal_keep_size is "
                  + new Size(keep.getAsLong())
                  + ", slots keep "
                  + new Size(Math.max(0, kept))
                  + " by now, and "
                  + new Size(free.getAsLong())
                  + " are free where its log lies: a lost follower's slot can fill the disk",
              "set max_slot_wal_keep_size below that, and reload; or make room"));
    }
  }

  /** Where the log lies: a disk of its own, or the data's. */
  private static OptionalLong free(Surveyed on) {
    OptionalLong data = OptionalLong.empty();
    for (int i = 1; i <= on.count("disk"); i++) {
      String use = on.facts().text("disk." + i + ".use").orElse("");
      OptionalLong free = on.facts().number("disk." + i + ".free");
      if (use.equals("wal")) {
        return free;
      }
      data = use.equals("data") ? free : data;
    }
    return data;
  }

  private static void archive(Surveyed on, List<Finding> found) {
    boolean archives = on.setting("archive_mode").filter(m -> !m.equals("off")).isPresent();
    if (archives
        && on.setting("archive_command").isEmpty()
        && on.setting("archive_library").isEmpty()) {
      found.add(
          new Finding(
              Level.WARNING,
              "archive-nowhere",
              "archive_mode is on, and neither archive_command nor archive_library says where to:"
                  + " as a leader it keeps its log for ever, until its disk is full",
              "set archive_command, or archive_mode = off; the latter takes hold at a restart"));
    }
  }
}

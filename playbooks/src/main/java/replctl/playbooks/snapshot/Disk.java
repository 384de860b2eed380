package replctl.playbooks.snapshot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import replctl.playbooks.world.Facts;

/**
 * A file system with files of a server.
 *
 * @param mount where it is mounted
 * @param use what of the server is there: {@code data, log}
 * @param used bytes
 * @param free bytes that the server may still have
 */
public record Disk(String mount, String use, long used, long free) {
  private static final long MOST = 200;

  /** Those that a host tells of, each once; one whose numbers can't be used is left out. */
  public static List<Disk> of(Facts facts) {
    Map<String, String> uses = new LinkedHashMap<>();
    Map<String, Long> first = new LinkedHashMap<>();
    long count = Math.min(MOST, facts.number(HostFact.DISKS).orElse(0));
    for (long i = 1; i <= count; i++) {
      String mount = facts.text("disk." + i + ".mount").orElse("?");
      String use = facts.text("disk." + i + ".use").orElse("?");
      uses.merge(mount, use, (a, b) -> a + ", " + b);
      first.putIfAbsent(mount, i);
    }
    List<Disk> disks = new ArrayList<>();
    first.forEach(
        (mount, i) -> {
          OptionalLong used = facts.number("disk." + i + ".used");
          OptionalLong free = facts.number("disk." + i + ".free");
          if (used.isPresent()
              && free.isPresent()
              && used.getAsLong() >= 0
              && free.getAsLong() >= 0) {
            disks.add(new Disk(mount, uses.get(mount), used.getAsLong(), free.getAsLong()));
          }
        });
    return disks;
  }

  /** How full it is, as df counts it: what is kept for root is neither used nor free. */
  public long percent() {
    double all = (double) used + free;
    return all <= 0 ? 0 : (long) Math.ceil(100.0 * used / all);
  }
}

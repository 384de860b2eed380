package replctl.playbooks.sim.mysql;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * What commits are to wait for when a node leads: the file {@code semi-sync} of its state, and
 * part/open.sh.
 *
 * @param timeout in ms
 */
record SemiSync(int needed, long timeout) {
  static final String FILE = "semi-sync";

  /** semi_sync_read. */
  static SemiSync of(String text) {
    Map<String, String> lines =
        text.lines()
            .map(line -> line.split(" ", 2))
            .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    return new SemiSync(
        Integer.parseInt(lines.getOrDefault("needed", "0")),
        Long.parseLong(lines.getOrDefault("timeout", "0")));
  }

  /** semi_sync_statement, said to a server. */
  void tell(SimMysql server) {
    if (needed > 0) {
      server.commits().set(needed, timeout);
    }
    server.commits().enable(needed > 0, server.data());
  }

  /** semi_sync_is_set. */
  boolean isSet(SimMysql server) {
    Commits commits = server.commits();
    return needed == 0
        ? !commits.enabled()
        : commits.enabled() && commits.needed() == needed && commits.timeoutMs() == timeout;
  }
}

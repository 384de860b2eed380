package replctl.it.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hosts of a lab with PostgreSQL 17 and the tools that replctl is compared with, pg1 to pg3, and
 * one more, which no fault befalls, for what some of them need beside their nodes.
 */
public final class PeerHosts implements AutoCloseable {
  /** The host beside the nodes. */
  public static final String MONITOR = "monitor";

  private static final List<String> NODES = List.of("pg1", "pg2", "pg3");

  private final Lab lab = Lab.ofFork("");
  private final Map<String, NodeShell> shells = new ConcurrentHashMap<>();

  private PeerHosts() {}

  /** Boots them as their root has them. */
  public static PeerHosts open() {
    PeerHosts hosts = new PeerHosts();
    hosts.wipe();
    return hosts;
  }

  /** The hosts as nobody has set anything up yet. */
  public void wipe() {
    close();
    lab("down");
    lab("up", "pg1", "pg2", "pg3", MONITOR, "--root", "peers");
  }

  /** Those with a server each. */
  public List<String> nodes() {
    return NODES;
  }

  /** One of the lab's verbs. */
  public String lab(String... words) {
    return Shell.run(lab.verb(words));
  }

  /** Runs a script as root on a host; fails where its exit code is another than 0. */
  public String shell(String host, String script) {
    List<String> command = List.of("bash", "-c", script);
    NodeShell shell =
        shells.compute(
            host,
            (name, old) ->
                old != null && old.isAlive() ? old : NodeShell.start(as("root", host, "bash")));
    return Shell.out(command, shell.end(command));
  }

  /**
   * The command that runs these words on a host.
   *
   * @param user root or postgres
   */
  public List<String> as(String user, String host, String... words) {
    List<String> all = new ArrayList<>(List.of("run", host, "--"));
    if (!user.equals("root")) {
      // runuser keeps root's HOME, where some tools would look for what they know.
      all.addAll(List.of("runuser", "-u", user, "--", "env", "HOME=/var/lib/postgresql"));
    }
    all.addAll(List.of(words));
    return lab.verb(all.toArray(String[]::new));
  }

  /** The command that asks a node's server on its own socket. */
  public List<String> psql(String node) {
    // Debian's wrapper looks for a cluster of its own making, and some tools make none.
    return as("postgres", node, "/usr/lib/postgresql/17/bin/psql", "-h", "/var/run/postgresql");
  }

  /** Asks or tells a node's server as its owner, on its own socket. */
  public String sql(String node, String text) {
    return shell(
        node,
        "runuser -u postgres -- /usr/lib/postgresql/17/bin/psql -h /var/run/postgresql"
            + " -XAtq -v ON_ERROR_STOP=1 -d postgres -c \""
            + text.replace("\"", "\\\"")
            + "\"");
  }

  /** The hosts stay up. */
  @Override
  public void close() {
    shells.values().forEach(NodeShell::close);
    shells.clear();
  }
}

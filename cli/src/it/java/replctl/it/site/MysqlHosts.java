package replctl.it.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import replctl.it.Replctl;

/**
 * Hosts of a lab of their own with MySQL 9.7, my1 to my3, whose replication is set up by hand: two
 * follow my1, which waits for one of them.
 */
public final class MysqlHosts implements AutoCloseable {
  private static final List<String> NODES = List.of("my1", "my2", "my3");

  private final Lab lab;
  private final Path home;
  private final Map<String, NodeShell> shells = new ConcurrentHashMap<>();

  private MysqlHosts(Lab lab, Path home) {
    this.lab = lab;
    this.home = home;
  }

  /**
   * Boots them. Where their root can't be had, the test is skipped with that reason: a mirror that
   * lacks a package is no defect.
   */
  public static MysqlHosts open() {
    Lab lab = Lab.ofFork("-my").up("my97", false);
    try {
      return new MysqlHosts(lab, Files.createTempDirectory("replctl-operator"));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** One of the lab's verbs. */
  public String lab(String... words) {
    return Shell.run(lab.verb(words));
  }

  /** Runs a script as root on a host. */
  public String shell(String node, String script) {
    List<String> command = List.of("bash", "-c", script);
    NodeShell shell =
        shells.compute(
            node,
            (name, old) ->
                old != null && old.isAlive()
                    ? old
                    : NodeShell.start(lab.verb("run", node, "--", "bash")));
    return Shell.out(command, shell.end(command));
  }

  /** Asks or tells a server as its administrator. */
  public String sql(String node, String text) {
    return shell(node, "mysql -BN -e \"" + text.replace("\"", "\\\"") + "\"");
  }

  /** Begins statements that go on beside the test. */
  public BusySession busy(String node, String statements) {
    return BusySession.start(lab.verb("run", node, "--", "mysql", "-BN", "-e", statements));
  }

  public Replctl replctl() {
    String inventory = lab("env").replaceAll("(?s).*REPLCTL_INVENTORY=([^\n]*).*", "$1");
    return Replctl.installed(home)
        .withPrefix(lab.verb("operator", "--"))
        .withInventory(Path.of(inventory))
        .withOptions(List.of("--timeout", "20s"))
        .with("XDG_STATE_HOME", home.resolve("state").toString());
  }

  /** The account that replctl's scripts log in as, by the server's own socket. */
  public void letReplctlIn() {
    for (String node : NODES) {
      sql(
          node,
          "set sql_log_bin = 0; create user mysql@localhost identified with auth_socket;"
              + " grant all on *.* to mysql@localhost with grant option");
    }
  }

  /** Configures the servers, restarts them, and lets my2 and my3 follow my1. */
  public void replicate() {
    NODES.parallelStream()
        .forEach(
            node ->
                shell(
                    node,
                    """
                    cat > /etc/mysql/mysql.conf.d/replication.cnf <<'T'
                    [mysqld]
                    server_id = %s
                    bind_address = *
                    super_read_only = ON
                    relay_log_recovery = ON
                    sync_relay_log = 1
                    enforce_gtid_consistency = ON
                    plugin-load-add = semisync_source.so
                    plugin-load-add = semisync_replica.so
                    T
                    systemctl restart mysql"""
                        .formatted(node.substring(2))));
    sql("my1", "set global super_read_only = 0; set global read_only = 0");
    sql("my1", "create user repl identified by 'repl'; grant replication slave on *.* to repl");
    sql("my1", "create database app; create table app.t (n int auto_increment primary key)");
    for (String follower : List.of("my2", "my3")) {
      sql(
          follower,
          "set global rpl_semi_sync_replica_enabled = 1;"
              + " change replication source to source_host = 'my1', source_user = 'repl',"
              + " source_password = 'repl', source_auto_position = 1, source_ssl = 1,"
              + " source_heartbeat_period = 1, source_connect_retry = 1,"
              + " source_retry_count = 86400; start replica");
    }
    awaitAllApplied();
    sql(
        "my1",
        "set global rpl_semi_sync_source_timeout = 600000;"
            + " set global rpl_semi_sync_source_enabled = 1");
  }

  /** Waits until both followers have all that my1 has. */
  public void awaitAllApplied() {
    for (String follower : List.of("my2", "my3")) {
      Site.await(
          follower + " has all",
          () -> {
            String there = sql("my1", "select replace(@@gtid_executed, '\\n', '')");
            return sql(follower, "select gtid_subset('" + there + "', @@gtid_executed)")
                .equals("1");
          });
    }
  }

  @Override
  public void close() {
    shells.values().forEach(NodeShell::close);
    Shell.end(lab.verb("down"));
    Site.delete(home);
  }
}

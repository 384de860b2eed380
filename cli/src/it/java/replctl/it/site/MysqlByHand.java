package replctl.it.site;

import java.util.List;

/**
 * Replication between MySQL servers as an administrator sets it up who has no replctl.
 *
 * @param hosts with empty servers
 */
public record MysqlByHand(MysqlHosts hosts) {
  /** Configures the servers, restarts them, and lets my2 and my3 follow my1. */
  public void begin() {
    hosts.nodes().parallelStream()
        .forEach(
            node ->
                hosts.shell(
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
    hosts.sql("my1", "set global super_read_only = 0; set global read_only = 0");
    hosts.sql(
        "my1", "create user repl identified by 'repl'; grant replication slave on *.* to repl");
    hosts.sql("my1", "create database app; create table app.t (n int auto_increment primary key)");
    for (String follower : List.of("my2", "my3")) {
      hosts.sql(
          follower,
          "set global rpl_semi_sync_replica_enabled = 1;"
              + " change replication source to source_host = 'my1', source_user = 'repl',"
              + " source_password = 'repl', source_auto_position = 1, source_ssl = 1,"
              + " source_heartbeat_period = 1, source_connect_retry = 1,"
              + " source_retry_count = 86400; start replica");
    }
    awaitAllApplied();
    hosts.sql(
        "my1",
        "set global rpl_semi_sync_source_timeout = 600000;"
            + " set global rpl_semi_sync_source_enabled = 1");
  }

  /**
   * The same as it was before there were GTIDs: my2 and my3 go by files and positions, and the log
   * has statements where these are thought to be safe.
   */
  public void beginByPositions() {
    hosts.nodes().parallelStream()
        .forEach(
            node ->
                hosts.shell(
                    node,
                    """
                    cat > /etc/mysql/mysql.conf.d/replication.cnf <<'T'
                    [mysqld]
                    server_id = %s
                    bind_address = *
                    gtid_mode = OFF
                    enforce_gtid_consistency = OFF
                    binlog_format = MIXED
                    super_read_only = ON
                    T
                    systemctl restart mysql"""
                        .formatted(node.substring(2))));
    hosts.sql("my1", "set global super_read_only = 0; set global read_only = 0");
    hosts.sql(
        "my1", "create user repl identified by 'repl'; grant replication slave on *.* to repl");
    hosts.sql("my1", "create database app; create table app.t (n int auto_increment primary key)");
    for (String follower : List.of("my2", "my3")) {
      hosts.sql(
          follower,
          "change replication source to source_host = 'my1', source_user = 'repl',"
              + " source_password = 'repl', source_log_file = 'binlog.000001', source_log_pos = 4,"
              + " source_ssl = 1; start replica");
      Site.await(
          follower + " has the table",
          () -> hosts.answers(follower, "select count(*) from app.t", "0"));
    }
  }

  /** Waits until both followers have all that my1 has. */
  public void awaitAllApplied() {
    for (String follower : List.of("my2", "my3")) {
      Site.await(
          follower + " has all",
          () -> {
            String there = hosts.sql("my1", "select replace(@@gtid_executed, '\\n', '')");
            return hosts
                .sql(follower, "select gtid_subset('" + there + "', @@gtid_executed)")
                .equals("1");
          });
    }
  }
}

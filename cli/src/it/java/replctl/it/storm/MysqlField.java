package replctl.it.storm;

import java.util.List;
import java.util.Optional;
import replctl.it.Replctl;
import replctl.it.probe.Client;
import replctl.it.probe.MysqlClient;
import replctl.it.site.MysqlHosts;

/** Hosts with MySQL 9.7. */
final class MysqlField implements Field {
  private final MysqlHosts hosts;
  private final String replication;
  private final Replctl replctl;

  /**
   * @param replication the inventory's, in YAML's flow style
   */
  MysqlField(MysqlHosts hosts, String replication) {
    this.hosts = hosts;
    this.replication = replication;
    this.replctl = hosts.replctl("replication: " + replication);
  }

  @Override
  public String name() {
    return "MySQL 9.7, " + replication;
  }

  @Override
  public List<String> nodes() {
    return hosts.nodes();
  }

  @Override
  public void setUp() {
    Replctl drilling = hosts.replctl("replication: " + DRILLED);
    drilling.run("sync", "--apply", "--yes").exits(0);
    hosts.sql(
        "my1",
        "create database app; create table app.probe (id bigint primary key);"
            + " create user writer@localhost identified by 'writer';"
            + " grant select, insert on app.* to writer@localhost");
    drill(drilling, "my2", "my1");
    drill(drilling, "my3", "my1");
    drilling.run("switchover", "--to", "my2", "--yes").exits(0);
    drill(drilling, "my1", "my2");
    // All of these read one file: it is written anew.
    hosts.replctl("replication: " + replication).run("sync", "--apply", "--yes").exits(0);
  }

  private void drill(Replctl drilling, String node, String leader) {
    drilling.run("fence", "drill", node, "--yes").exits(0);
    hosts.awaitFollowers(leader);
  }

  @Override
  public String lab(String... words) {
    return hosts.lab(words);
  }

  @Override
  public Tool tool() {
    return new ReplctlTool(
        replctl,
        replctl.with("XDG_STATE_HOME", hosts.anotherState().toString()),
        hosts.operations());
  }

  @Override
  public Client.Door door(String node) {
    return MysqlClient.bySocket(
        hosts.asRoot(node, "env", "MYSQL_PWD=writer", "mysql", "--user=writer"), "app");
  }

  @Override
  public void killServer(String node) {
    hosts.shell(node, "pkill -9 -x mysqld");
  }

  @Override
  public Optional<Boolean> open(String node) {
    return answer(node, "select @@read_only + @@super_read_only").map("0"::equals);
  }

  @Override
  public boolean follows(String node, String leader) {
    return hosts.follows(node, leader);
  }

  @Override
  public Optional<String> digest(String node) {
    return answer(node, "select count(*), coalesce(sum(id), 0) from app.probe");
  }

  private Optional<String> answer(String node, String question) {
    try {
      return Optional.of(hosts.sql(node, question));
    } catch (AssertionError silent) {
      return Optional.empty();
    }
  }

  @Override
  public String log(String node) {
    try {
      return hosts.shell(node, "tail -n 200 /var/log/mysql/*; true");
    } catch (AssertionError silent) {
      return silent.getMessage();
    }
  }

  @Override
  public void close() {
    hosts.close();
  }
}

package replctl.it.storm;

import java.util.List;
import replctl.it.probe.Client;
import replctl.it.probe.PsqlClient;
import replctl.it.site.LabSite;

/** Hosts with PostgreSQL 17, and replctl. */
final class PostgresqlField extends PostgresqlServers {
  private final LabSite lab;
  private final String replication;

  /**
   * @param replication the inventory's, in YAML's flow style
   */
  PostgresqlField(LabSite lab, String replication) {
    this.lab = lab;
    this.replication = replication;
  }

  @Override
  public String name() {
    return "PostgreSQL 17, " + replication;
  }

  @Override
  public List<String> nodes() {
    return lab.nodes();
  }

  @Override
  public void setUp() {
    lab.lab("heal");
    lab.lab("up", "3");
    lab.ready("pg1");
    lab.replication(DRILLED);
    lab.replctl().run("sync", "--apply", "--yes").exits(0);
    drill("pg2");
    drill("pg3");
    lab.replctl().run("switchover", "--to", "pg2", "--yes").exits(0);
    drill("pg1");
    lab.replication(replication);
    lab.replctl().run("sync", "--apply", "--yes").exits(0);
    lab.sql("pg2", "create table if not exists probe (id bigint primary key)");
  }

  private void drill(String node) {
    lab.replctl().run("fence", "drill", node, "--yes").exits(0);
    lab.awaitFollowers(lab.leaders().get(0));
  }

  @Override
  public String lab(String... words) {
    return lab.lab(words);
  }

  @Override
  public Tool tool() {
    return new ReplctlTool(lab.replctl(), lab.anotherOperator(), lab.operations());
  }

  @Override
  public Client.Door door(String node) {
    return PsqlClient.bySocket(lab.asOwner(node, List.of("psql")), "postgres");
  }

  @Override
  String sql(String node, String text) {
    return lab.sql(node, text);
  }

  @Override
  String shell(String node, String script) {
    return lab.shell(node, script);
  }

  @Override
  public void close() {
    lab.close();
  }
}

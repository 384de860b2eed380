package replctl.it.storm;

import java.util.List;
import java.util.Optional;
import replctl.it.Replctl;
import replctl.it.probe.Client;
import replctl.it.probe.PsqlClient;
import replctl.it.site.LabSite;
import replctl.it.site.Operations;

/** Hosts with PostgreSQL 17. */
final class PostgresqlField implements Field {
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
    lab.replication(replication);
    lab.replctl().run("sync", "--apply", "--yes").exits(0);
    drill("pg2");
    drill("pg3");
    lab.replctl().run("switchover", "--to", "pg2", "--yes").exits(0);
    drill("pg1");
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
  public Replctl replctl() {
    return lab.replctl();
  }

  @Override
  public Replctl anotherOperator() {
    return lab.anotherOperator();
  }

  @Override
  public Operations operations() {
    return lab.operations();
  }

  @Override
  public Client.Door door(String node) {
    return PsqlClient.bySocket(lab.asOwner(node, List.of("psql")), "postgres");
  }

  @Override
  public void killServer(String node) {
    lab.shell(node, "pkill -9 -x postgres");
  }

  @Override
  public Optional<Boolean> open(String node) {
    return answer(node, "select not pg_is_in_recovery()").map("t"::equals);
  }

  @Override
  public boolean follows(String node, String leader) {
    return answer(
            node,
            "select sender_host = '"
                + leader
                + "' and status = 'streaming' and not pg_is_wal_replay_paused()"
                + " from pg_stat_wal_receiver")
        .filter("t"::equals)
        .isPresent();
  }

  @Override
  public Optional<String> digest(String node) {
    return answer(node, "select count(*) || ' ' || coalesce(sum(id), 0) from probe");
  }

  private Optional<String> answer(String node, String question) {
    try {
      return Optional.of(lab.sql(node, question));
    } catch (AssertionError silent) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    lab.close();
  }
}

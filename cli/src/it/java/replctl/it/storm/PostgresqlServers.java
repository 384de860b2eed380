package replctl.it.storm;

import java.util.Optional;

/** Hosts with PostgreSQL, whoever changes their leaders. */
abstract class PostgresqlServers implements Field {
  /** Asks a node's server, as its owner, on its own socket; fails where it does not answer. */
  abstract String sql(String node, String text);

  /** Runs a script as root on a host; fails where its exit code is another than 0. */
  abstract String shell(String node, String script);

  @Override
  public final void killServer(String node) {
    shell(node, "pkill -9 -x postgres");
  }

  @Override
  public final Optional<Boolean> open(String node) {
    return answer(node, "select not pg_is_in_recovery()").map("t"::equals);
  }

  @Override
  public final boolean follows(String node, String leader) {
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
  public final String log(String node) {
    try {
      return shell(
          node,
          """
          tail -qn 80 /var/log/postgresql/*.log
          find /var/lib/postgresql -maxdepth 3 -name global -printf '%h\\n' | while read -r data; do
            /usr/lib/postgresql/*/bin/pg_controldata "$data"
            ls -l --full-time "$data/pg_wal"
            cat "$data"/pg_wal/*.history "$data/postgresql.auto.conf"
          done 2>&1
          """);
    } catch (AssertionError silent) {
      return silent.getMessage();
    }
  }

  @Override
  public final Optional<String> digest(String node) {
    return answer(node, "select count(*) || ' ' || coalesce(sum(id), 0) from probe");
  }

  private Optional<String> answer(String node, String question) {
    try {
      return Optional.of(sql(node, question));
    } catch (AssertionError silent) {
      return Optional.empty();
    }
  }
}

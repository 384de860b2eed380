package replctl.playbooks.engine.postgresql;

import java.util.List;
import replctl.inventory.Node;
import replctl.playbooks.world.SecretRef;

/** The roles that replctl works with, each with just what its work needs. */
final class Accounts {
  /** Reads on every node: the inventory's {@code database.user}. */
  static final SecretRef READER_PASSWORD = new SecretRef("database-password");

  /** Followers receive with it. */
  static final SecretRef REPLICATION_PASSWORD = new SecretRef("replication-password");

  /** pg_rewind reads the new leader's files with it. */
  static final SecretRef REWIND_PASSWORD = new SecretRef("rewind-password");

  static final String REWIND = "replctl_rewind";

  /** What pg_rewind calls on its source (its documentation, Notes). */
  static final List<String> REWIND_FUNCTIONS =
      List.of(
          "pg_catalog.pg_ls_dir(text, boolean, boolean)",
          "pg_catalog.pg_stat_file(text, boolean)",
          "pg_catalog.pg_read_binary_file(text)",
          "pg_catalog.pg_read_binary_file(text, bigint, bigint, boolean)");

  private Accounts() {}

  /**
   * One role.
   *
   * @param key its word in the names of steps
   * @param probe what a login with it can run
   */
  record Account(
      String key,
      String role,
      SecretRef password,
      boolean replication,
      List<String> memberOf,
      List<String> functions,
      String probe) {
    Account {
      memberOf = List.copyOf(memberOf);
      functions = List.copyOf(functions);
    }
  }

  /** All of them; the reader has the name that the leader's database settings give it. */
  static List<Account> of(Node leader) {
    return List.of(
        new Account(
            "reader",
            leader.database().user(),
            READER_PASSWORD,
            false,
            List.of("pg_monitor", "pg_read_all_settings"),
            List.of(),
            "select 1"),
        new Account(
            "replication",
            Conninfo.ROLE,
            REPLICATION_PASSWORD,
            true,
            List.of(),
            List.of(),
            "IDENTIFY_SYSTEM"),
        new Account(
            "rewind", REWIND, REWIND_PASSWORD, false, List.of(), REWIND_FUNCTIONS, "select 1"));
  }
}

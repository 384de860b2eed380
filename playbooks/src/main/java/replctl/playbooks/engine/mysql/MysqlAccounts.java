package replctl.playbooks.engine.mysql;

import java.util.List;
import replctl.inventory.Node;
import replctl.playbooks.world.SecretRef;

/** The accounts that replctl works with, each with just what its work needs. */
final class MysqlAccounts {
  /** Reads on every node: the inventory's {@code database.user}. */
  static final SecretRef READER_PASSWORD = new SecretRef("database-password");

  /** Followers receive with it. */
  static final SecretRef REPLICATION_PASSWORD = new SecretRef("replication-password");

  /** A new follower copies another's data with it. */
  static final SecretRef CLONE_PASSWORD = new SecretRef("clone-password");

  static final String REPLICATION = "replctl_replication";
  static final String CLONE = "replctl_clone";

  private MysqlAccounts() {}

  /**
   * What lets the operating system's user in by its server's own socket, and no other way. Each
   * server has it for itself.
   */
  static List<String> ownLogin(String osUser) {
    String account = "'" + osUser + "'@'localhost'";
    return List.of(
        "set sql_log_bin = 0",
        "create user " + account + " identified with auth_socket",
        ownGrant(osUser));
  }

  /** What that account may. */
  static String ownGrant(String osUser) {
    return "grant all on *.* to '" + osUser + "'@'localhost' with grant option";
  }

  /**
   * One account, at any host.
   *
   * @param key its word in the names of steps
   * @param grants PRIVILEGE, ... ON SCOPE each
   * @param probe what a login with it can run
   */
  record Account(String key, String user, SecretRef password, List<String> grants, String probe) {
    Account {
      grants = List.copyOf(grants);
    }
  }

  /** All of them; the reader has the name that the leader's database settings give it. */
  static List<Account> of(Node leader) {
    return List.of(
        new Account(
            "reader",
            leader.database().user(),
            READER_PASSWORD,
            List.of(
                "PROCESS, REPLICATION CLIENT ON *.*",
                "SELECT ON performance_schema.*",
                "SELECT ON replctl.*"),
            "select count(*) from performance_schema.replication_connection_status"),
        new Account(
            "replication",
            REPLICATION,
            REPLICATION_PASSWORD,
            List.of("REPLICATION SLAVE ON *.*"),
            "select 1"),
        // The donor's side of CLONE (the manual, "Cloning Remote Data").
        new Account("clone", CLONE, CLONE_PASSWORD, List.of("BACKUP_ADMIN ON *.*"), "select 1"));
  }
}

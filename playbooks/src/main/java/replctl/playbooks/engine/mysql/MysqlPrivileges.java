package replctl.playbooks.engine.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.EngineKind;
import replctl.inventory.Node;
import replctl.playbooks.engine.Gateways;
import replctl.playbooks.engine.Privileges;
import replctl.playbooks.world.RootNeeds;

/** What MySQL's nodes need to be granted. Pure. */
final class MysqlPrivileges {
  /** Of Debian's packages: RHEL has mysqld, and /etc/my.cnf.d. */
  private static final String USUAL_UNIT = "mysql";

  private static final String USUAL_FOLDER = "/etc/mysql/mysql.conf.d";

  private MysqlPrivileges() {}

  static Privileges of(Cluster cluster, Node node) {
    boolean remote = node.connection() == Node.Connection.SSH;
    List<String> notes = new ArrayList<>();
    Optional<String> unit = node.layout().service();
    if (unit.isEmpty() && remote) {
      unit = Optional.of(USUAL_UNIT);
      notes.add("the unit's name is Debian's; where it is another, declare it (service: mysqld)");
    }
    Optional<String> folder = node.layout().configDirectory();
    if (folder.isEmpty() && remote) {
      folder = Optional.of(USUAL_FOLDER);
      notes.add(
          "the folder of options is Debian's; where it is another, declare it (config_directory:"
              + " /etc/my.cnf.d)");
    }
    String user = node.database().osUser().orElse(EngineKind.MYSQL.usualUser());
    List<String> accounts = new ArrayList<>();
    for (MysqlAccounts.Account account : MysqlAccounts.of(node)) {
      String name = "'" + account.user() + "'@'%'";
      accounts.add("create user " + name + " identified by '...' require ssl");
      account.grants().forEach(grant -> accounts.add("grant " + grant + " to " + name));
    }
    return new Privileges(
        new RootNeeds(
            unit,
            // A server that no unit starts reads what its own user may write.
            unit.isPresent() ? folder.map(MysqlLayout::file) : Optional.empty(),
            Gateways.addresses(cluster, node)),
        // Whoever declares another folder has made it.
        node.layout().stateDirectory().filter(s -> !s.startsWith(MysqlSurvey.STATE + "/")).isEmpty()
                && remote
            ? List.of("install -d -o " + user + " -g " + user + " -m 700 " + MysqlSurvey.STATE)
            : List.of(),
        MysqlAccounts.ownLogin(user),
        accounts,
        notes);
  }
}

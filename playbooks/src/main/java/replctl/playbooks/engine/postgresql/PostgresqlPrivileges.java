package replctl.playbooks.engine.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.playbooks.engine.Gateways;
import replctl.playbooks.engine.Privileges;
import replctl.playbooks.world.RootNeeds;

/** What PostgreSQL's nodes need to be granted. Pure. */
final class PostgresqlPrivileges {
  private PostgresqlPrivileges() {}

  static Privileges of(Cluster cluster, Node node) {
    List<String> notes = new ArrayList<>();
    Optional<String> unit = HostLayout.declaredUnit(node);
    if (unit.isEmpty() && node.connection() == Node.Connection.SSH) {
      unit = Optional.of("postgresql@MAJOR-main");
      notes.add(
          "the unit's name is Debian's, and MAJOR stands for the server's major version; declared"
              + " (service: postgresql@17-main) it is printed as it is");
    }
    List<String> accounts = new ArrayList<>();
    for (Accounts.Account account : Accounts.of(node)) {
      accounts.add(
          "create role \""
              + account.role()
              + "\" login"
              + (account.replication() ? " replication" : "")
              + " password '...'");
      account
          .memberOf()
          .forEach(role -> accounts.add("grant " + role + " to \"" + account.role() + "\""));
      account
          .functions()
          .forEach(
              function ->
                  accounts.add(
                      "grant execute on function " + function + " to \"" + account.role() + "\""));
    }
    return new Privileges(
        new RootNeeds(unit, Optional.empty(), Gateways.addresses(cluster, node)),
        List.of(),
        // Its own user is let in by its own socket (peer), and is its superuser.
        List.of(),
        accounts,
        notes);
  }
}

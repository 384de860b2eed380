package replctl.playbooks.engine;

import java.util.List;
import replctl.playbooks.world.RootNeeds;

/**
 * What an operator grants on a node, and what replctl then makes for itself, as far as the
 * inventory tells.
 *
 * @param root what scripts ask root for there
 * @param commands for root to type there, once
 * @param statements for the server's administrator to type in each server, once
 * @param accounts statements of what init makes on the leader, without passwords: nobody need type
 *     them
 * @param notes where a name is only the usual one, since the inventory does not say it
 */
public record Privileges(
    RootNeeds root,
    List<String> commands,
    List<String> statements,
    List<String> accounts,
    List<String> notes) {
  public Privileges {
    commands = List.copyOf(commands);
    statements = List.copyOf(statements);
    accounts = List.copyOf(accounts);
    notes = List.copyOf(notes);
  }
}

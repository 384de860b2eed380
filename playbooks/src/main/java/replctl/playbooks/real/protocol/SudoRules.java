package replctl.playbooks.real.protocol;

import java.util.ArrayList;
import java.util.List;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.world.RootNeeds;
import replctl.playbooks.world.ScriptCall;

/**
 * What is to be typed into sudo's rules: the very words that are run, so that a rule which is shown
 * and one that is missed are the same.
 */
public final class SudoRules {
  private SudoRules() {}

  /** The rule for a command of root's; a colon means something there. */
  static String root(String login, List<String> command) {
    return login
        + " ALL=(root) NOPASSWD: "
        + AddressMoves.path(command)
        + " "
        + String.join(" ", command.subList(1, command.size())).replace(":", "\\:");
  }

  /** The rule for running scripts as that user. */
  static String scripts(String login, String user) {
    return login + " ALL=(" + user + ") NOPASSWD: /usr/bin/bash -s";
  }

  /** All that an account's node needs; root himself needs none. */
  public static List<String> all(Account account, RootNeeds needs) throws NoContact {
    String login = account.shell().user();
    List<String> rules = new ArrayList<>();
    if (login.equals("root")) {
      return rules;
    }
    account.user().filter(u -> !u.equals(login)).ifPresent(u -> rules.add(scripts(login, u)));
    List<List<String>> commands = new ArrayList<>();
    needs.unit().ifPresent(unit -> commands.addAll(UnitControl.askedFor(unit)));
    needs
        .unit()
        .ifPresent(
            unit -> {
              commands.add(GuardFiles.script().command());
              commands.add(GuardFiles.placing(unit));
            });
    needs.optionsFile().ifPresent(file -> commands.add(OptionsFile.placing(file)));
    for (ScriptCall call : needs.addresses()) {
      commands.addAll(AddressMoves.of(call).all());
    }
    commands.forEach(command -> rules.add(root(login, command)));
    return rules;
  }
}

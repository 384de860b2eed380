package replctl.playbooks.real.protocol;

import java.util.List;
import java.util.Optional;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Shell;

/**
 * Whom scripts run as on a host.
 *
 * @param label the host, for messages
 * @param user the account that scripts run as; empty: whoever logs in
 * @param unit the node's service as declared, without {@code .service}
 */
public record Account(String label, Shell shell, Optional<String> user, Optional<String> unit) {
  /**
   * The command that reads a script. Exactly these words are what sudo must grant: no login shell,
   * be it fish or csh, reads them otherwise than bash does.
   */
  List<String> bash() throws NoContact {
    String login = shell.user();
    if (user.isEmpty() || user.get().equals(login)) {
      return List.of("bash", "-s");
    }
    return login.equals("root")
        ? List.of("runuser", "-u", user.get(), "--", "bash", "-s")
        : List.of("sudo", "-n", "-u", user.get(), "bash", "-s");
  }

  /** The words of a message, with the host before them where they don't begin with it. */
  public String words(String what) {
    return what.startsWith(label + " ") ? what : label + ": " + what;
  }

  /** What to type into sudo's rules where it refuses {@link #bash}. */
  String rule() throws NoContact {
    return SudoRules.scripts(shell.user(), user.orElse("root"));
  }
}

package replctl.playbooks.real.protocol;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/**
 * The start guard's two files that are root's: the guard, and the drop-in that has a unit run it
 * before its server or beside it, as the engine has it. Their text is replctl's own; of a script's
 * call only the state folder goes into it, and the engine says which it is.
 *
 * @param unit the node's own, without {@code .service}
 */
record GuardFiles(Account account, ScriptCall call, String unit) {
  static final String INSTALL = "install-guard";
  static final String INSTALL_UNIT = "install-guard-unit";
  static final String CLEAR_UNIT = "clear-guard-unit";
  static final String MAY_INSTALL = "may-install-guard";
  static final Set<String> ACTIONS = Set.of(INSTALL, INSTALL_UNIT, CLEAR_UNIT, MAY_INSTALL);

  /** Neither systemd nor a shell reads these otherwise. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._:@+-]+");

  private static final Pattern ENGINE = Pattern.compile("[a-z]+");

  private static final String GUARD = "/usr/local/lib/replctl/guard";
  private static final String DROP_IN_MODE = "0644";
  private static final String DROP_INS = "/etc/systemd/system/";

  /**
   * A file of root's.
   *
   * @param mode octal
   */
  record Placed(String path, String mode, String text) {
    /** Exactly these words are what sudo must grant. */
    List<String> command() {
      return placing(mode, path);
    }
  }

  private static List<String> placing(String mode, String path) {
    return List.of("install", "-D", "-m", mode, "/dev/stdin", path);
  }

  /** The words that place a unit's drop-in, whatever it says. */
  static List<String> placing(String unit) {
    return placing(DROP_IN_MODE, dropInPath(unit));
  }

  private static String dropInPath(String unit) {
    return DROP_INS + unit + ".service.d/replctl-guard.conf";
  }

  /** What decides whether servers open, the same on every host. */
  static Placed script() {
    return new Placed(GUARD, "0755", ScriptFiles.text("guard/start/guard.list"));
  }

  /**
   * What has the unit run it.
   *
   * @throws IllegalArgumentException in words, when a name can't stand in such a file
   */
  Placed dropIn() {
    String user = account.user().orElse("");
    if (user.equals("root") || !PLAIN.matcher(user).matches()) {
      throw new IllegalArgumentException("the start guard does not run as the user " + user);
    }
    String state = given("state_directory");
    String engine = given("engine");
    if (!ENGINE.matcher(engine).matches()) {
      throw new IllegalArgumentException("the start guard is not told of which engine it is");
    }
    if (!state.startsWith("/") || !PLAIN.matcher(state).matches()) {
      throw new IllegalArgumentException(
          "the start guard can't be given the folder "
              + state
              + ": a unit's file would read it otherwise");
    }
    return new Placed(
        dropInPath(unit),
        DROP_IN_MODE,
        ScriptFiles.text("guard/start/unit/" + engine + ".conf")
            .replace("@USER@", user)
            .replace("@STATE@", state));
  }

  private String given(String name) {
    return call.values().get(name) instanceof Value.Text text ? text.text() : "";
  }

  /** What stands there once the node has left its cluster: a drop-in that says nothing. */
  Placed cleared() {
    return new Placed(dropInPath(unit), DROP_IN_MODE, ScriptFiles.text("guard/start/cleared.conf"));
  }

  /** What to type into sudo's rules. */
  String rule(Placed file) throws NoContact {
    return SudoRules.root(account.shell().user(), file.command());
  }
}

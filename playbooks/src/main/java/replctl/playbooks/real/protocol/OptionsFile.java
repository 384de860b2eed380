package replctl.playbooks.real.protocol;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/**
 * MySQL's file of options that is replctl's own, and root's. What a script asks to be written there
 * is read here first: options of the server alone, and none that would run a program, read another
 * file, or let anybody in.
 */
record OptionsFile(Account account, ScriptCall call) {
  static final String INSTALL = "install-options";
  static final String MAY_INSTALL = "may-install-options";
  static final Set<String> ACTIONS = Set.of(INSTALL, MAY_INSTALL);

  private static final Pattern PATH = Pattern.compile("/etc/([A-Za-z0-9._-]+/)+zz-replctl\\.cnf");
  private static final Pattern LINE =
      Pattern.compile("((?:loose_)?[a-z][a-z0-9_]*) = ([A-Za-z0-9/._:*@+-]+)");
  private static final Pattern PLUGIN =
      Pattern.compile("semisync_(source|replica|master|slave)\\.so|mysql_clone\\.so");
  private static final Set<String> NAMES =
      Set.of(
          "server_id",
          "super_read_only",
          "read_only",
          "skip_replica_start",
          "skip_slave_start",
          "relay_log_recovery",
          "sync_relay_log",
          "event_scheduler",
          "gtid_mode",
          "enforce_gtid_consistency",
          "binlog_format",
          "sync_binlog",
          "innodb_flush_log_at_trx_commit",
          "log_replica_updates",
          "log_slave_updates",
          "replica_net_timeout",
          "slave_net_timeout",
          "replica_preserve_commit_order",
          "slave_preserve_commit_order",
          "plugin_load_add",
          "loose_rpl_semi_sync_replica_enabled",
          "loose_rpl_semi_sync_slave_enabled",
          "bind_address",
          "report_host",
          "report_port",
          "ssl_ca",
          "ssl_cert",
          "ssl_key");

  /** The text, as it was asked for. */
  String text() {
    String text = value("text");
    boolean first = true;
    for (String line : text.lines().toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (first && line.equals("[mysqld]")) {
        first = false;
        continue;
      }
      Matcher option = LINE.matcher(line);
      boolean known = option.matches() && NAMES.contains(option.group(1));
      boolean plugin =
          known
              && option.group(1).equals("plugin_load_add")
              && !PLUGIN.matcher(option.group(2)).matches();
      if (first || !known || plugin) {
        throw new IllegalArgumentException("replctl does not write that as root: " + line);
      }
    }
    return text;
  }

  /**
   * Exactly these words are what sudo must grant.
   *
   * @throws IllegalArgumentException in words, when no such file is replctl's
   */
  List<String> command() {
    return placing(value("config_file"));
  }

  /** The words that place that file. */
  static List<String> placing(String path) {
    if (!PATH.matcher(path).matches() || path.contains("/../")) {
      throw new IllegalArgumentException("replctl writes no such file as root: " + path);
    }
    return List.of("install", "-D", "-m", "0644", "/dev/stdin", path);
  }

  /** What to type into sudo's rules. */
  String rule() throws NoContact {
    return SudoRules.root(account.shell().user(), command());
  }

  private String value(String name) {
    return call.values().get(name) instanceof Value.Text text ? text.text() : "";
  }
}

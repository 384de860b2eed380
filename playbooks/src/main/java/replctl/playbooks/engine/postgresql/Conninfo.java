package replctl.playbooks.engine.postgresql;

import java.util.LinkedHashMap;
import java.util.Map;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Site;

/**
 * The connection string that a follower receives with. Never a password: libpq reads it from a file
 * that the server's user owns. Keys stand in one order, so that the same string is the same text.
 */
final class Conninfo {
  /** The role that followers log in with. */
  static final String ROLE = "replctl_replication";

  /** Stands for the follower's state folder where only its host knows it: follow.sh fills it in. */
  static final String STATE = "@state@";

  private Conninfo() {}

  /**
   * From the follower to the upstream, verified by the authority's certificate on the follower.
   *
   * @param state the follower's state folder, where its password file and certificates lie
   */
  static String text(Site site, NodeName follower, NodeName upstream, String state) {
    return text(parts(site, follower, upstream, state));
  }

  /** As pg_rewind on that node logs in to the leader. */
  static String forRewind(Site site, NodeName node, NodeName leader, String state) {
    Map<String, String> parts = parts(site, node, leader, state);
    parts.put("user", Accounts.REWIND);
    parts.put("application_name", "replctl_rewind");
    return text(parts);
  }

  private static String text(Map<String, String> parts) {
    StringBuilder text = new StringBuilder();
    parts.forEach(
        (key, value) ->
            text.append(text.isEmpty() ? "" : " ").append(key).append('=').append(quoted(value)));
    return text.toString();
  }

  /** The same by keyword, in the order of the text. */
  static Map<String, String> parts(Site site, NodeName follower, NodeName upstream, String state) {
    Node to = site.declared(upstream);
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("host", to.host());
    parts.put("port", Integer.toString(to.database().port()));
    parts.put("user", ROLE);
    parts.put("application_name", follower.value());
    parts.put("passfile", state + "/passfile");
    parts.put("sslmode", "verify-full");
    parts.put("sslrootcert", state + "/tls/ca.crt");
    parts.put("dbname", "postgres");
    return parts;
  }

  /** The slot that holds the log for a follower, named after it: {@code replctl_pg2}. */
  static String slot(NodeName follower) {
    return "replctl_" + follower.value().replace('-', '_');
  }

  /** libpq: a value that is empty or has spaces, quotes or backslashes stands in single quotes. */
  private static String quoted(String value) {
    boolean plain = !value.isEmpty() && value.chars().allMatch(Conninfo::isPlain);
    return plain ? value : "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static boolean isPlain(int c) {
    return c > ' ' && c != '\'' && c != '\\' && c < 127;
  }
}

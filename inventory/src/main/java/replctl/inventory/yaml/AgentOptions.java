package replctl.inventory.yaml;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import replctl.inventory.secret.SecretSource;

/**
 * The keys of a fence device that are the agent's own. They reach it as lines of {@code key=value},
 * so a line break in one would be another option. No message repeats a value: any may be secret.
 */
final class AgentOptions {
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_VALUE = 4096;

  /** What replctl says itself with each call. */
  private static final Set<String> SAID_BY_US = Set.of("action", "option");

  /** Options that say which machine is meant; some agents hand them to a shell. */
  private static final Set<String> TARGETS =
      Set.of("ip", "ipaddr", "ipport", "nodename", "plug", "port", "uuid");

  private static final SecretType SECRET = new SecretType(SecretType.Bare.SECRET);

  private final Map<String, String> options = new LinkedHashMap<>();
  private final Map<String, SecretSource> secrets = new LinkedHashMap<>();

  /** Takes one key; false when a problem was told. */
  boolean read(String name, Spot spot) {
    if (!isName(name)) {
      spot.error("expected an option's name of letters, digits, \"_\" and \"-\"");
      return false;
    }
    if (SAID_BY_US.contains(name)) {
      spot.error("replctl itself says what the agent shall do");
      return false;
    }
    if (spot.node() instanceof YamlNode.Entries) {
      return keep(name, SECRET.read(spot));
    }
    if (!(spot.node() instanceof YamlNode.Text text) || text.isNothing()) {
      spot.expected("an option's value");
      return false;
    }
    String value = text.value();
    if (LocalPathType.hasControls(value) || value.length() > LONGEST_VALUE) {
      spot.error("an option's value is one line without control characters");
      return false;
    }
    if (isSecret(name)) {
      return keep(name, SecretType.plain(spot, value));
    }
    if (TARGETS.contains(name) && !isTarget(value)) {
      spot.error("expected a machine: letters, digits, spaces and any of . : _ @ / + ( ) , -");
      return false;
    }
    options.put(name, value);
    return true;
  }

  Map<String, String> options() {
    return options;
  }

  Map<String, SecretSource> secrets() {
    return secrets;
  }

  private boolean keep(String name, Optional<SecretSource> source) {
    source.ifPresent(found -> secrets.put(name, found));
    return source.isPresent();
  }

  /** passwd, password, snmp_priv_passwd, secret_key, api_token; not password_script, a path. */
  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !lower.endsWith("_script")
        && (lower.contains("passw")
            || lower.contains("passphrase")
            || lower.contains("secret")
            || lower.contains("token"));
  }

  private static boolean isName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean later = (c >= '0' && c <= '9') || c == '_' || c == '-';
      if (!letter && (i == 0 || !later)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTarget(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && " .:_@/+(),-".indexOf(c) < 0) {
        return false;
      }
    }
    return !value.startsWith("-");
  }
}

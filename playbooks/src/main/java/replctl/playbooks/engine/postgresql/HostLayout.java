package replctl.playbooks.engine.postgresql;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import replctl.inventory.Layout;
import replctl.inventory.Node;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Value;

/**
 * Where a server's parts lie on its host, or will: as declared, else as found, else as the packages
 * of the host's distribution would have it.
 *
 * @param major 17; 0 when PostgreSQL is not installed there
 * @param data empty when neither declared, nor found, nor known from packages
 * @param service the systemd unit without {@code .service}; empty: pg_ctl
 * @param debian {@code 17/main} where the configuration is kept apart by Debian's tools; else empty
 * @param socket the folder of the server's socket
 * @param state the folder of replctl's files on that node
 */
record HostLayout(
    int major,
    String data,
    String config,
    String bin,
    String service,
    String debian,
    int port,
    String socket,
    String state) {
  private static final Pattern DEBIAN_CONFIG = Pattern.compile("/etc/postgresql/(\\d+)/([^/]+)");
  private static final Pattern DEBIAN_UNIT = Pattern.compile("postgresql@(\\d+)-(.+)");
  private static final Pattern SOCKETS =
      Pattern.compile("(?m)^unix_socket_directories = '([^',]+)'$");

  /**
   * The layout of a node.
   *
   * @param facts what its host said
   * @param wanted the major version that it must have, when another node's data says so
   */
  static HostLayout of(Node node, Facts facts, Optional<Integer> wanted) {
    Layout declared = node.layout();
    int major = (int) facts.number("major").orElse(wanted.orElse(newest(facts)));
    String bin =
        declared
            .binDirectory()
            .or(() -> binOf(facts, major))
            .or(() -> facts.text("bin_directory"))
            .orElse("");
    boolean there = facts.text("major").isPresent();
    String debian = there ? debianFound(facts) : debianWanted(node, facts, major, bin);
    String data =
        facts
            .text("data_directory")
            .or(declared::dataDirectory)
            .orElse(usualData(facts, debian, bin));
    String config =
        debian.isEmpty() || there
            ? declared.configDirectory().or(() -> facts.text("config_directory")).orElse(data)
            : "/etc/postgresql/" + debian;
    String service = declared.service().or(() -> facts.text("service")).orElse("");
    if (service.isEmpty() && !there && facts.truth("systemd").orElse(false)) {
      service = usualService(node, debian, data);
    }
    return new HostLayout(
        major,
        data,
        config,
        bin,
        service,
        debian,
        node.database().port(),
        socket(facts, there),
        facts.text("state_directory").or(declared::stateDirectory).orElse(""));
  }

  /** The values that every script on that host is given. */
  Map<String, Value> values() {
    Map<String, Value> values = new TreeMap<>();
    values.put("data_directory", Value.of(data));
    values.put("config_directory", Value.of(config));
    values.put("bin_directory", Value.of(bin));
    values.put("service", Value.of(service));
    values.put("port", Value.of(Integer.toString(port)));
    values.put("socket_directory", Value.of(socket));
    values.put("state_directory", Value.of(state));
    return values;
  }

  /** The unit that the inventory names, be it by Debian's folder of the configuration. */
  static Optional<String> declaredUnit(Node node) {
    Matcher debian = DEBIAN_CONFIG.matcher(node.layout().configDirectory().orElse(""));
    return node.layout()
        .service()
        .or(
            () ->
                debian.matches()
                    ? Optional.of("postgresql@" + debian.group(1) + "-" + debian.group(2))
                    : Optional.empty());
  }

  private static int newest(Facts facts) {
    return (int) facts.number("newest_major").orElse(0);
  }

  private static Optional<String> binOf(Facts facts, int major) {
    for (int n = 1; n <= facts.count("installed"); n++) {
      if (facts.number("installed." + n + ".major").orElse(-1) == major) {
        return facts.text("installed." + n + ".bin_directory");
      }
    }
    return Optional.empty();
  }

  private static String debianFound(Facts facts) {
    Matcher config = DEBIAN_CONFIG.matcher(facts.text("config_directory").orElse(""));
    return config.matches() ? config.group(1) + "/" + config.group(2) : "";
  }

  /** Debian's tools make a server that systemd runs; a server of this machine's own is plain. */
  private static String debianWanted(Node node, Facts facts, int major, String bin) {
    Optional<String> config = node.layout().configDirectory();
    Matcher declared = DEBIAN_CONFIG.matcher(config.orElse(""));
    if (declared.matches()) {
      return declared.group(1) + "/" + declared.group(2);
    }
    Matcher unit = DEBIAN_UNIT.matcher(node.layout().service().orElse(""));
    if (unit.matches()) {
      return unit.group(1) + "/" + unit.group(2);
    }
    boolean usual =
        config.isEmpty()
            && node.layout().service().isEmpty()
            && node.connection() == Node.Connection.SSH
            && bin.startsWith("/usr/lib/postgresql/")
            && facts.truth("systemd").orElse(false);
    return usual ? major + "/main" : "";
  }

  private static String usualData(Facts facts, String debian, String bin) {
    if (!debian.isEmpty()) {
      return "/var/lib/postgresql/" + debian;
    }
    if (bin.startsWith("/usr/pgsql-") && facts.truth("systemd").orElse(false)) {
      return "/var/lib/pgsql/" + bin.replaceAll("\\D+", "") + "/data";
    }
    return "";
  }

  private static String usualService(Node node, String debian, String data) {
    if (!debian.isEmpty()) {
      return "postgresql@" + debian.replace('/', '-');
    }
    boolean rhel = node.connection() == Node.Connection.SSH && data.startsWith("/var/lib/pgsql/");
    return rhel ? "postgresql-" + data.replaceAll("\\D+", "") : "";
  }

  /** Of a server that runs its own word; else replctl.conf's; else where this user may make one. */
  private static String socket(Facts facts, boolean there) {
    Matcher ours = SOCKETS.matcher(facts.text("config.text").orElse(""));
    if (there && facts.text("postmaster_pid").isEmpty() && ours.find()) {
      return ours.group(1);
    }
    if (!there && facts.truth("sockets").equals(Optional.of(false))) {
      return "/tmp";
    }
    return facts.text("socket_directory").orElse("/var/run/postgresql");
  }
}

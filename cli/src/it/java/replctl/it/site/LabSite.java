package replctl.it.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opentest4j.TestAbortedException;
import replctl.it.Replctl;

/**
 * Hosts of the lab: PostgreSQL 17 under systemd, reached over SSH from the operator's namespace.
 */
public final class LabSite extends Site {
  private static final int CANNOT = 77;

  private final String host = Replctl.root().resolve("lab/host").toAbsolutePath().toString();
  private final String operator;

  private LabSite(Path home) {
    super(home);
    Shell.Ended up = Shell.end(List.of(host, "up", "3"));
    if (up.code() == CANNOT && !"required".equals(System.getenv("REPLCTL_LAB"))) {
      // Reported as skipped, with this reason; lab/test says so once more at its end.
      throw new TestAbortedException(up.out());
    }
    if (up.code() != 0) {
      throw new AssertionError(up.out());
    }
    String inventory =
        Shell.run(List.of(host, "env"))
            .lines()
            .filter(l -> l.startsWith("REPLCTL_INVENTORY="))
            .map(l -> l.substring(l.indexOf('=') + 1))
            .findFirst()
            .orElseThrow();
    operator = Path.of(inventory).getParent().toString();
  }

  /** The hosts, booted where they are not. */
  public static LabSite open() {
    try {
      return new LabSite(Files.createTempDirectory("replctl-operator"));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  @Override
  public String name() {
    return "lab";
  }

  /** One of the lab's verbs. */
  public String lab(String... words) {
    List<String> command = new ArrayList<>(List.of(host));
    command.addAll(List.of(words));
    return Shell.run(command);
  }

  @Override
  public Replctl replctl() {
    return Replctl.installed(home)
        .withPrefix(beside())
        .withInventory(Path.of(operator, "inventory.yaml"))
        .with("REPLCTL_LAB_NAME", Optional.ofNullable(System.getenv("REPLCTL_LAB_NAME")).orElse(""))
        .with("XDG_STATE_HOME", home.resolve("state").toString());
  }

  @Override
  protected List<String> beside() {
    return List.of(host, "operator", "--");
  }

  @Override
  protected void wipeNodes() {
    lab("heal");
    nodes().forEach(node -> lab("clean", node));
    delete(Path.of(operator, "replctl-secrets"));
  }

  @Override
  public String shell(String node, String script) {
    return lab("run", node, "--", "bash", "-c", script);
  }

  @Override
  public String sql(String node, String text) {
    return lab(
        "run",
        node,
        "--",
        "runuser",
        "-u",
        "postgres",
        "--",
        "psql",
        "-XAtq",
        "-v",
        "ON_ERROR_STOP=1",
        "-d",
        "postgres",
        "-c",
        text);
  }

  @Override
  public String address(String node) {
    return node + ":5432";
  }

  @Override
  public void freeze(String node) {
    lab("freeze", node);
  }

  @Override
  public void thaw(String node) {
    lab("thaw", node);
  }

  @Override
  protected void admitClients(String node) {
    shell(
        node,
        "file=/etc/postgresql/17/main/pg_hba.conf; grep -q '^host app' $file || "
            + "echo 'host app app samenet scram-sha-256' >> $file");
    sql(node, "select pg_reload_conf()");
  }

  @Override
  protected String fingerprintScript(String node) {
    return "find /etc/postgresql /var/lib/postgresql /var/lib/replctl /etc/systemd/system -type f"
        + " ! -path '*/main/base/*' ! -path '*/main/global/*' ! -path '*/main/pg_*' ! -path '*/log/*'"
        + " ! -name lock ! -name holder ! -name '.*' -printf '%p %T@ %m %u '"
        + " -exec sha256sum {} \\; 2> /dev/null | sort";
  }

  /** The hosts stay up for the next test; whoever booted them takes them down. */
  @Override
  public void close() {
    delete(home);
  }
}

package replctl.it.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import replctl.it.Replctl;

/** Hosts of the lab: PostgreSQL under systemd, reached over SSH from the operator's namespace. */
public final class LabSite extends Site implements Hosts {
  /**
   * What has been asked for of a cluster, and the name of the copy of what init has then made: the
   * lab has the disks, a folder beside the inventory has the operator's files.
   */
  private static final Map<String, String> KEPT = new ConcurrentHashMap<>();

  private final Lab lab;
  private final int major;
  private final String operator;

  /** Lines that a test adds to a node's entry of the inventory. */
  private final Map<String, String> added = new TreeMap<>();

  /** Keys of the cluster besides. */
  private String around = "";

  /** The nodes that the operator declares. */
  private List<String> declared = super.nodes();

  private LabSite(Path home, Lab lab, int major) {
    super(home);
    this.lab = lab;
    this.major = major;
    operator =
        Path.of(lab("env").replaceAll("(?s).*REPLCTL_INVENTORY=([^\n]*).*", "$1"))
            .getParent()
            .toString();
    write(inventory());
  }

  /** The hosts, with PostgreSQL 17; booted where they are not. */
  public static LabSite open() {
    return open(Lab.ofFork(""), 17, "required".equals(System.getenv("REPLCTL_LAB")));
  }

  /**
   * Other hosts, with PostgreSQL 18, in a lab of their own beside the first. Where their root can't
   * be had, the test is skipped with that reason: a mirror that lacks a package is no defect.
   */
  public static LabSite open18() {
    return open(Lab.ofAll("-18"), 18, false);
  }

  private static LabSite open(Lab lab, int major, boolean required) {
    lab.up("pg" + major, required);
    try {
      return new LabSite(Files.createTempDirectory("replctl-operator"), lab, major);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  @Override
  public String name() {
    return "lab, PostgreSQL " + major;
  }

  @Override
  public String lab(String... words) {
    return Shell.run(lab.verb(words));
  }

  @Override
  public Replctl replctl() {
    return Replctl.installed(home)
        .withPrefix(beside())
        .withInventory(inventoryFile())
        .withOptions(PATIENCE)
        .with("XDG_STATE_HOME", home.resolve("state").toString());
  }

  /** The words of a shell with which replctl is run as {@link #replctl} is. */
  public List<String> typed(String words) {
    List<String> command = new ArrayList<>(beside());
    command.addAll(
        List.of(
            "env",
            "HOME=" + home,
            "XDG_STATE_HOME=" + home.resolve("state"),
            "REPLCTL_INVENTORY=" + inventoryFile(),
            "LANG=C.UTF-8",
            "COLUMNS=300",
            replctl().launcher().toString(),
            words));
    return command;
  }

  @Override
  public List<String> nodes() {
    return declared;
  }

  @Override
  public void only(String... nodes) {
    declared = List.of(nodes);
    write(inventory());
  }

  /** Settings of one node, in YAML's flow style; an empty text takes them away. */
  public void declare(String node, String settings) {
    added.put(node, settings);
    write(inventory());
  }

  /**
   * The operator declares what lies around the cluster.
   *
   * @param keys of the cluster: lines that begin at the margin
   */
  public void around(String keys) {
    around = keys;
    write(inventory());
  }

  /** The command that runs these words on a node's host, as its server's OS user. */
  public List<String> asOwner(String node, List<String> words) {
    return on(node, Who.OWNER, words);
  }

  /** Clients beside the operator: a statement by the address of a server, as app. */
  public Shell.Ended client(String address, String statement) {
    List<String> command = new ArrayList<>(beside());
    command.addAll(
        List.of(
            "env",
            "PGCONNECT_TIMEOUT=5",
            "PGPASSWORD=app",
            "psql",
            "-XAtq",
            "-h",
            address,
            "-U",
            "app",
            "-d",
            "app",
            "-c",
            statement));
    return Shell.end(command);
  }

  @Override
  protected Path inventoryFile() {
    return Path.of(operator, "trial.yaml");
  }

  /** Where replctl keeps what lasts: its authority's key, its accounts' passwords. */
  public Path secrets() {
    return Path.of(operator, "replctl-secrets");
  }

  @Override
  protected String inventory() {
    String text =
        lab("inventory")
            .replace(
                "    nodes:\n",
                "    replication: " + replication() + "\n" + around.indent(4) + "    nodes:\n");
    for (Map.Entry<String, String> more : added.entrySet()) {
      String begin = "      " + more.getKey() + ": {";
      text =
          text.replace(begin, more.getValue().isEmpty() ? begin : begin + more.getValue() + ", ");
    }
    for (String host : super.nodes()) {
      if (!declared.contains(host)) {
        text = text.replaceAll("(?m)^      " + host + ": .*\n(       .*\n?)*", "");
      }
    }
    return text + "\n";
  }

  @Override
  protected List<String> beside() {
    return lab.verb("operator", "--");
  }

  @Override
  protected void wipeNodes() {
    List<String> down = new ArrayList<>(List.of("down"));
    down.addAll(super.nodes());
    lab(down.toArray(String[]::new));
    lab("up", "3", "--root", "pg" + major);
    delete(secrets());
    added.clear();
    write(inventory());
  }

  /** The second time the same cluster is asked for, what init has made the first time. */
  @Override
  protected void begin() {
    added.clear();
    write(inventory());
    String asked = lab.name() + "\n" + inventory();
    String copy = KEPT.get(asked);
    if (copy == null) {
      super.begin();
      copy = "cluster-" + KEPT.size();
      lab("keep", copy);
      Shell.run(List.of("mkdir", "-p", kept(copy).toString()));
      Shell.run(copying(secrets(), kept(copy).resolve("secrets")));
      Shell.run(copying(home, kept(copy).resolve("home")));
      KEPT.put(asked, copy);
    } else {
      forget();
      lab("restore", copy);
      delete(secrets());
      delete(home);
      Shell.run(copying(kept(copy).resolve("secrets"), secrets()));
      Shell.run(copying(kept(copy).resolve("home"), home));
      await("the leader opens", () -> leaders().size() == 1);
      awaitFollowers(leaders().get(0));
    }
  }

  private Path kept(String copy) {
    return Path.of(operator, "kept", copy);
  }

  private static List<String> copying(Path from, Path to) {
    return List.of("cp", "-a", from.toString(), to.toString());
  }

  @Override
  protected List<String> on(String node, Who who, List<String> words) {
    List<String> all = new ArrayList<>(List.of("run", node, "--"));
    if (who == Who.OWNER) {
      all.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    all.addAll(words);
    return lab.verb(all.toArray(String[]::new));
  }

  @Override
  protected List<String> psql(String node, String text) {
    return List.of("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", "postgres", "-c", text);
  }

  @Override
  public String address(String node) {
    return node + ":5432";
  }

  @Override
  public boolean isClosed(String node) {
    return answers(node, "select pg_is_in_recovery()", "t");
  }

  @Override
  public String unit() {
    return "postgresql@" + major + "-main";
  }

  @Override
  public String data() {
    return "/var/lib/postgresql/" + major + "/main";
  }

  @Override
  public String state(String node) {
    return EpochFile.state(node);
  }

  @Override
  public void freeze(String node) {
    lab("freeze", node);
  }

  @Override
  public void thaw(String node) {
    lab("thaw", node);
  }

  /** Debian's folder of the server's configuration. */
  public String configuration() {
    return "/etc/postgresql/" + major + "/main";
  }

  @Override
  protected void admitClients(String node) {
    // Where there is no server yet, there is none to be let in to.
    shell(
        node,
        "cd "
            + configuration()
            + " 2> /dev/null || exit 0; grep -q '^host app' pg_hba.conf || "
            + "echo 'host app app samenet scram-sha-256' >> pg_hba.conf; pg_ctlcluster "
            + major
            + " main reload");
  }

  @Override
  public String serverLog(String node) {
    return shell(node, "cat /var/log/postgresql/*.log");
  }

  @Override
  protected String fingerprintScript(String node) {
    return "find /etc/postgresql /var/lib/postgresql /etc/systemd/system -type f"
        + " ! -path '/var/lib/*/main/base/*' ! -path '/var/lib/*/main/global/*'"
        + " ! -path '/var/lib/*/main/pg_*' ! -name lock ! -name holder -printf '%p %T@ %m %u '"
        + " -exec sha256sum {} \\; 2> /dev/null | sort";
  }

  /** The hosts stay up for the next test; whoever booted them takes them down. */
  @Override
  public void close() {
    super.close();
    delete(home);
  }
}

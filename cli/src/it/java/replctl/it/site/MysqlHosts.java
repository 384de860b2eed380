package replctl.it.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import replctl.it.Replctl;
import replctl.it.probe.ProbeProcess;

/** Hosts of a lab of their own with MySQL 9.7, my1 to my3. */
public final class MysqlHosts implements Hosts {
  private static final List<String> NODES = List.of("my1", "my2", "my3");
  private static final String APP = "app";

  /** What the lab boots them from. */
  private static final String ROOT = "my97";

  /** The name of the copy of what init has made. */
  private static final String KEPT = "set-up";

  /** Labs whose hosts are no more as their root has them. */
  private static final Set<String> USED = ConcurrentHashMap.newKeySet();

  /** Labs that have that copy, and the operator's folder of it. */
  private static final Map<String, Path> SET_UP = new ConcurrentHashMap<>();

  private final Lab lab;
  private final Path home;
  private final Map<String, NodeShell> shells = new ConcurrentHashMap<>();

  /** The nodes that the operator declares. */
  private List<String> declared = NODES;

  private MysqlHosts(Lab lab, Path home) {
    this.lab = lab;
    this.home = home;
  }

  /**
   * Boots them, with empty servers. Where their root can't be had, the test is skipped with that
   * reason: a mirror that lacks a package is no defect.
   */
  public static MysqlHosts open() {
    Lab lab = Lab.ofFork("-my").up(ROOT, false);
    try {
      MysqlHosts hosts = new MysqlHosts(lab, Files.createTempDirectory("replctl-operator"));
      if (!USED.add(lab.name())) {
        hosts.wipe();
      }
      return hosts;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Set up by init; the second time, as after a power cut right after it: my1 leads. */
  public static MysqlHosts ready() {
    Lab lab = Lab.ofFork("-my").up(ROOT, false);
    if (SET_UP.containsKey(lab.name())) {
      try {
        MysqlHosts hosts = new MysqlHosts(lab, Files.createTempDirectory("replctl-operator"));
        hosts.restore();
        return hosts;
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
    }
    MysqlHosts hosts = open();
    hosts.letReplctlIn();
    hosts.replctl().run("init", "--yes").exits(0);
    hosts.keep();
    return hosts;
  }

  private void keep() {
    lab("keep", KEPT);
    Path folder = operator().resolve("kept");
    Shell.run(List.of("rm", "-rf", folder.toString()));
    Shell.run(List.of("mkdir", "-p", folder.toString()));
    copy(operator().resolve("replctl-secrets"), folder.resolve("secrets"));
    copy(home, folder.resolve("home"));
    SET_UP.put(lab.name(), folder);
  }

  private void restore() {
    Path folder = SET_UP.get(lab.name());
    lab("restore", KEPT);
    Site.delete(operator().resolve("replctl-secrets"));
    Site.delete(home);
    copy(folder.resolve("secrets"), operator().resolve("replctl-secrets"));
    copy(folder.resolve("home"), home);
    Site.await("the leader opens", () -> leaders().equals(List.of("my1")));
    awaitFollowers("my1");
  }

  private static void copy(Path from, Path to) {
    Shell.run(List.of("cp", "-a", from.toString(), to.toString()));
  }

  /** Whether a server answers that; one that does not answer at all does not. */
  public boolean answers(String node, String question, String answer) {
    try {
      return sql(node, question).equals(answer);
    } catch (AssertionError notYet) {
      return false;
    }
  }

  @Override
  public List<String> nodes() {
    return declared;
  }

  @Override
  public void only(String... nodes) {
    declared = List.of(nodes);
  }

  @Override
  public List<String> leaders() {
    return declared.stream()
        .filter(n -> answers(n, "select @@read_only + @@super_read_only", "0"))
        .toList();
  }

  @Override
  public boolean isClosed(String node) {
    return answers(node, "select @@super_read_only", "1");
  }

  @Override
  public void awaitFollowers(String leader) {
    for (String node : declared) {
      if (!node.equals(leader)) {
        Site.await(node + " follows " + leader, () -> follows(node, leader));
      }
    }
  }

  /** Whether it receives from the leader, applies that, and takes no writes. */
  public boolean follows(String node, String leader) {
    return answers(
        node,
        "select concat(c.host, s.service_state, a.service_state, @@super_read_only)"
            + " from performance_schema.replication_connection_configuration c"
            + " join performance_schema.replication_connection_status s using (channel_name)"
            + " join performance_schema.replication_applier_status a using (channel_name)",
        leader + "ONON1");
  }

  /** Waits until it can lead: a receiver that has just begun has not told how far behind it is. */
  public void awaitCanLead(String candidate) {
    Site.await(
        candidate + " can lead",
        () ->
            replctl()
                .run("candidates")
                .out()
                .matches("(?s).*(^|\\n)" + candidate + " +can lead .*"));
  }

  /**
   * Beside the operator: an account that may not do all, in a database of its own. MySQL's client
   * program, which the machine need not have, is the hosts' own. No names resolve in there.
   */
  @Override
  public ProbeProcess writes() {
    String leader = leaders().get(0);
    // It would wait for whoever holds a lock on one of its tables, also where it is there.
    if (sql(leader, "show databases like 'app'").isEmpty()) {
      sql(leader, "create database app");
    }
    sql(leader, "create user if not exists app identified by 'app'; grant all on app.* to app");
    Map<String, String> addresses = new TreeMap<>();
    for (String node : declared) {
      String known = Shell.run(lab.verb("operator", "--", "getent", "hosts", node));
      addresses.put(node, known.split(" ")[0] + ":3306");
    }
    return ProbeProcess.start(
        lab.verb("operator", "--"),
        home.resolve("writes.log"),
        addresses,
        Map.of(
            "MYSQL_CLIENT",
            "chroot " + lab("roots", ROOT) + " mysql",
            "MYSQL_DATABASE",
            APP,
            "MYSQL_USER",
            APP,
            "MYSQL_PWD",
            APP));
  }

  @Override
  public List<String> unfinished() {
    return operations().unfinished();
  }

  @Override
  public String unit() {
    return "mysql";
  }

  @Override
  public String data() {
    return "/var/lib/mysql";
  }

  @Override
  public String state(String node) {
    return "/var/lib/replctl/blog/" + node;
  }

  @Override
  public String fingerprint(String node) {
    return shell(
        node,
        "find /etc/mysql /etc/systemd/system /var/lib/replctl -type f ! -name lock ! -name holder"
            + " -printf '%p %T@ %m %u ' -exec sha256sum {} \\; | sort;"
            // When that process was started, in ticks since the boot: proc(5).
            + " cut -d ' ' -f 22 /proc/$(pidof mysqld)/stat");
  }

  @Override
  public String lab(String... words) {
    return Shell.run(lab.verb(words));
  }

  @Override
  public String shell(String node, String script) {
    List<String> command = List.of("bash", "-c", script);
    NodeShell shell =
        shells.compute(
            node,
            (name, old) ->
                old != null && old.isAlive()
                    ? old
                    : NodeShell.start(lab.verb("run", node, "--", "bash")));
    return Shell.out(command, shell.end(command));
  }

  /**
   * Copies the lab's scripts, replctl, and the Java that runs this test to a host: /opt/replctl.
   */
  public void giveReplctl(String node) {
    Path java = Path.of(System.getProperty("java.home"));
    Path classes = Replctl.tree().resolveSibling("test-classes");
    give(node, Replctl.root().resolve("lab"), "/opt/replctl/lab");
    give(node, Replctl.tree(), "/opt/replctl/cli/target/replctl");
    give(node, classes, "/opt/replctl/cli/target/test-classes");
    give(node, java, "/opt/java");
  }

  private void give(String node, Path from, String to) {
    String put = "mkdir -p " + to + " && tar -C " + to + " --no-same-owner -xf -";
    List<String> command = new ArrayList<>();
    command.add("bash");
    command.add("-c");
    command.add(
        "set -o pipefail; tar -C \"$0\" -h --exclude=./jmods --exclude=./lib/src.zip -cf - . | \"$@\"");
    command.add(from.toAbsolutePath().toString());
    command.addAll(lab.verb("run", node, "--", "bash", "-c", put));
    Shell.run(command);
  }

  /** A command on a host, whatever it ends with; it finds the Java that was given. */
  public Shell.Ended onHost(String node, String command) {
    return Shell.end(
        lab.verb("run", node, "--", "bash", "-c", "PATH=/opt/java/bin:$PATH " + command));
  }

  /** The command that runs these words on a node's host, as root. */
  public List<String> asRoot(String node, String... words) {
    List<String> all = new ArrayList<>(List.of("run", node, "--"));
    all.addAll(List.of(words));
    return lab.verb(all.toArray(String[]::new));
  }

  /** Asks or tells a server as its administrator. */
  public String sql(String node, String text) {
    return shell(node, "mysql -BN -e \"" + text.replace("\"", "\\\"") + "\"");
  }

  @Override
  public BusySession busy(String node, String statements) {
    return BusySession.start(lab.verb("run", node, "--", "mysql", "-BN", "-e", statements));
  }

  @Override
  public Replctl replctl() {
    return declared.equals(NODES) ? with(inventoryFile()) : with(inventory(""));
  }

  /** With an inventory that says this of the cluster besides. */
  public Replctl replctl(String setting) {
    return with(inventory("    " + setting + "\n"));
  }

  private Replctl with(Path inventory) {
    return Replctl.installed(home)
        .withPrefix(lab.verb("operator", "--"))
        .withInventory(inventory)
        .withOptions(List.of("--timeout", "20s"))
        .with("XDG_STATE_HOME", home.resolve("state").toString());
  }

  private Path inventoryFile() {
    return Path.of(lab("env").replaceAll("(?s).*REPLCTL_INVENTORY=([^\n]*).*", "$1"));
  }

  /** Beside the lab's own: with these lines of the cluster, and the nodes that are declared. */
  private Path inventory(String besides) {
    Path file = operator().resolve("inventory-besides.yaml");
    try {
      String text = Files.readString(inventoryFile());
      for (String host : NODES) {
        if (!declared.contains(host)) {
          text = text.replaceAll("(?m)^      " + host + ": .*\n(       .*\n?)*", "");
        }
      }
      Files.writeString(file, text.replace("    nodes:", besides + "    nodes:"));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    return file;
  }

  /** The hosts as they were before anybody had set anything up, and the operator's files of it. */
  public void wipe() {
    shells.values().forEach(NodeShell::close);
    shells.clear();
    lab("down", "my1", "my2", "my3");
    lab("up", "3", "--root", ROOT);
    Site.delete(operator().resolve("replctl-secrets"));
    Site.delete(home.resolve("state"));
  }

  /** What the operator keeps: state, plans. */
  public Path home() {
    return home;
  }

  /** Where the secrets are that init has made. */
  public Path secrets() {
    return operator().resolve("replctl-secrets");
  }

  /** The folder of the inventory. */
  /** The folder of the operator's inventory, key and secrets. */
  public Path operator() {
    return inventoryFile().getParent();
  }

  /** Where somebody who knows of no operation yet keeps what he does. */
  public Path anotherState() {
    return home.resolve("another");
  }

  /** What replctl has done from here. */
  public Operations operations() {
    return new Operations(home.resolve("state"));
  }

  /** The account that replctl's scripts log in as, by the server's own socket. */
  public void letReplctlIn() {
    for (String node : NODES) {
      sql(
          node,
          "set sql_log_bin = 0; create user mysql@localhost identified with auth_socket;"
              + " grant all on *.* to mysql@localhost with grant option");
    }
  }

  @Override
  public void close() {
    shells.values().forEach(NodeShell::close);
    shells.clear();
    lab("heal");
    Site.delete(home);
  }
}

package replctl.it.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import replctl.it.Replctl;

/**
 * Nodes on this machine, semi-synchronous, in a folder of their own; as root they run as postgres.
 */
public final class LocalSite extends Site {
  private final Path folder;
  private final Path bin = newest();
  private final boolean root = System.getProperty("user.name").equals("root");
  private final String owner = root ? "postgres" : System.getProperty("user.name");

  /** One at a time has them: a cluster that was kept can only come back to where it was. */
  private static final Map<String, Integer> PORTS = new ConcurrentHashMap<>();

  private static final Path PLACE = place();

  /** Of an inventory: a copy of all that belongs to its cluster as init has made it. */
  private static final Map<String, Path> KEPT = new ConcurrentHashMap<>();

  private final Map<String, Integer> ports = new TreeMap<>();

  /** Declared besides the usual ones. */
  private final List<String> more = new ArrayList<>();

  private final List<String> undeclared = new ArrayList<>();

  /** What is declared of a node besides: lines of the inventory. */
  private final Map<String, List<String>> besides = new TreeMap<>();

  /** Keys of the cluster besides. */
  private String around = "";

  private LocalSite(Path folder) {
    super(folder.resolve("home"));
    this.folder = folder;
    nodes().forEach(node -> ports.put(node, port(node)));
    wipe();
    write(inventory());
  }

  /** A new one; it takes the place of the one before. */
  public static LocalSite open() {
    Shell.run(List.of("mkdir", "-p", PLACE.toString()));
    Shell.run(List.of("chmod", "755", PLACE.toString()));
    return new LocalSite(PLACE);
  }

  /** Below the folder in which lab/test looks for servers to end. */
  private static Path place() {
    Path all =
        Path.of(
            Optional.ofNullable(System.getenv("REPLCTL_TEST_SERVERS"))
                .orElse("/tmp/replctl-test-" + Shell.run(List.of("id", "-u"))));
    try {
      Files.createDirectories(all);
      Path folder = Files.createTempDirectory(all, "sites");
      Shell.run(List.of("chmod", "755", all.toString(), folder.toString()));
      return folder.resolve("site");
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  @Override
  public List<String> nodes() {
    return Stream.concat(super.nodes().stream(), more.stream())
        .filter(n -> !undeclared.contains(n))
        .toList();
  }

  /** The operator declares one more node, or one again; there is nothing on a new one. */
  public void declare(String node) {
    if (!undeclared.remove(node)) {
      more.add(node);
      ports.put(node, port(node));
      Shell.run(
          List.of("install", "-d", "-m", "700", "-o", owner, folder.resolve(node).toString()));
    }
    write(inventory());
  }

  /** The operator declares more of a node. */
  public void declare(String node, String... lines) {
    besides.put(node, List.of(lines));
    write(inventory());
  }

  /** The operator takes a node out of the inventory. */
  public void undeclare(String node) {
    undeclared.add(node);
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

  /** The folder that the inventory lies in. */
  public Path folder() {
    return folder;
  }

  @Override
  protected Path inventoryFile() {
    return folder.resolve("replctl.yaml");
  }

  @Override
  protected String inventory() {
    StringBuilder text =
        new StringBuilder(
            """
            version: 1
            clusters:
              shop:
                engine: postgresql
                connection: local
                replication: %s
                fencing: {accept: [stopped]}
                nodes:
            """
                .formatted(replication()));
    for (String node : nodes()) {
      text.append(
          """
                %1$s:
                  host: 127.0.0.1%2$s
                  database: {port: %3$d, user: replctl, os_user: %4$s}
                  data_directory: %5$s/%1$s/data
                  bin_directory: %6$s
                  state_directory: %5$s/%1$s/state
          """
              .formatted(
                  node,
                  node.equals("pg1") ? "\n        leader: true" : "",
                  ports.get(node),
                  owner,
                  folder,
                  bin));
      besides.getOrDefault(node, List.of()).forEach(l -> text.append("        " + l + "\n"));
    }
    return text + around.indent(4);
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public Replctl replctl() {
    return Replctl.installed(home)
        .withInventory(inventoryFile())
        .withOptions(PATIENCE)
        .with("XDG_STATE_HOME", home.resolve("state").toString())
        .with("XDG_CACHE_HOME", folder.resolve("cache").toString());
  }

  @Override
  protected void wipeNodes() {
    end();
    delete(folder.resolve("replctl-secrets"));
    for (String node : nodes()) {
      Path place = folder.resolve(node);
      delete(place);
      Shell.run(List.of("install", "-d", "-m", "700", "-o", owner, place.toString()));
    }
  }

  private void end() {
    for (String node : ports.keySet()) {
      Path pid = data(node).resolve("postmaster.pid");
      if (Files.exists(pid)) {
        signal(node, "-CONT");
        Shell.end(
            become(bin + "/pg_ctl", "-D", data(node).toString(), "-m", "immediate", "-w", "stop"));
      }
    }
  }

  /** A node's data folder. */
  public Path data(String node) {
    return folder.resolve(node).resolve("data");
  }

  /** Whom the servers run as. */
  String owner() {
    return owner;
  }

  List<String> become(String... words) {
    List<String> command = new ArrayList<>();
    if (root) {
      command.addAll(List.of("runuser", "-u", owner, "--"));
    }
    command.addAll(List.of(words));
    return command;
  }

  @Override
  protected List<String> on(String node, Who who, List<String> words) {
    return become(words.toArray(String[]::new));
  }

  @Override
  protected List<String> psql(String node, String text) {
    return List.of(
        bin + "/psql",
        "-XAtq",
        "-v",
        "ON_ERROR_STOP=1",
        "-h",
        "/var/run/postgresql",
        "-p",
        Integer.toString(ports.get(node)),
        "-d",
        "postgres",
        "-c",
        text);
  }

  @Override
  public String address(String node) {
    return "127.0.0.1:" + ports.get(node);
  }

  @Override
  public void freeze(String node) {
    signal(node, "-STOP");
  }

  @Override
  public void thaw(String node) {
    signal(node, "-CONT");
  }

  /** The path of one of PostgreSQL's programs. */
  public Path bin(String program) {
    return bin.resolve(program);
  }

  /** Kills the postmaster and all its children at once. */
  public void kill(String node) {
    signal(node, "-KILL");
    await(
        "no process of " + node,
        () -> Shell.end(List.of("pgrep", "-f", data(node).toString())).code() != 0);
  }

  /** pg_ctl with these words, as the server's owner. */
  public void pgCtl(String node, String... words) {
    List<String> command = new ArrayList<>(List.of(bin + "/pg_ctl", "-D", data(node).toString()));
    command.addAll(List.of("-l", data(node).resolve("startup.log").toString()));
    command.addAll(List.of(words));
    Shell.run(become(command.toArray(String[]::new)));
  }

  /** To the postmaster and all its children. */
  private void signal(String node, String signal) {
    Shell.end(
        become(
            "bash",
            "-c",
            "read -r pid < "
                + data(node)
                + "/postmaster.pid && kill "
                + signal
                + " $pid $(pgrep -P $pid)"));
  }

  @Override
  protected List<String> beside() {
    return List.of();
  }

  @Override
  protected void admitClients(String node) {
    // initdb's own pg_hba.conf lets every account in from 127.0.0.1.
  }

  @Override
  public String serverLog(String node) {
    return shell(node, "cat " + folder.resolve(node).resolve("data/startup.log"));
  }

  @Override
  protected String fingerprintScript(String node) {
    return "cd "
        + folder.resolve(node)
        + " && find state data -maxdepth 3 -type f"
        + " \\( -path 'state/*' -o -name '*.conf*' -o -name '*.signal' \\)"
        + " ! -name lock ! -name holder -printf '%p %T@ %m %u ' -exec sha256sum {} \\; | sort";
  }

  @Override
  public void close() {
    super.close();
    end();
    delete(folder);
  }

  /** The second time the same inventory asks for a cluster, what init has made the first time. */
  @Override
  protected void begin() {
    Path kept = KEPT.get(inventory());
    if (kept == null) {
      super.begin();
      nodes().forEach(node -> pgCtl(node, "-w", "-m", "fast", "stop"));
      Path copy = folder.resolveSibling("kept-" + KEPT.size());
      Shell.run(List.of("cp", "-a", "--reflink=auto", folder.toString(), copy.toString()));
      KEPT.put(inventory(), copy);
    } else {
      wipe();
      Shell.run(List.of("cp", "-a", "--reflink=auto", kept + "/.", folder.toString()));
    }
    nodes().forEach(node -> pgCtl(node, "-w", "start"));
    awaitFollowers(leaders().get(0));
  }

  private static int port(String node) {
    return PORTS.computeIfAbsent(node, n -> Ports.free());
  }

  private static Path newest() {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .max(Comparator.comparing(p -> Integer.parseInt(p.getFileName().toString())))
          .orElseThrow()
          .resolve("bin");
    } catch (IOException none) {
      throw new UncheckedIOException("PostgreSQL's package is not installed", none);
    }
  }
}

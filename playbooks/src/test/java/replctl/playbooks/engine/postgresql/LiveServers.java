package replctl.playbooks.engine.postgresql;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.ClusterName;
import replctl.inventory.Database;
import replctl.inventory.EngineKind;
import replctl.inventory.Fencing;
import replctl.inventory.Inventory;
import replctl.inventory.Layout;
import replctl.inventory.Limits;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.inventory.Ssh;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.real.Ports;
import replctl.playbooks.real.RealWorld;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;

/**
 * Real servers pg1, pg2... in a folder of their own, which goes away with them. As root they belong
 * to the user postgres.
 */
final class LiveServers implements AutoCloseable {
  private static final Path BIN = newest();

  private final Path folder = Files.createTempDirectory("replctl-live");
  private final boolean root = System.getProperty("user.name").equals("root");
  private final List<Integer> ports = new ArrayList<>();
  private final List<Session> sessions = new ArrayList<>();
  private final RealWorld world;

  LiveServers(int nodes) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    for (int i = 0; i < nodes; i++) {
      ports.add(Ports.free());
    }
    world =
        RealWorld.open(
            new Inventory(folder.resolve("replctl.yaml"), List.of(cluster())),
            cluster(),
            Map.of("XDG_STATE_HOME", folder.toString(), "HOME", folder.toString()));
  }

  private static Path newest() {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .max(Comparator.comparingInt(v -> Integer.parseInt(v.getFileName().toString())))
          .orElseThrow()
          .resolve("bin");
    } catch (IOException missing) {
      throw new IllegalStateException("PostgreSQL's packages are missing", missing);
    }
  }

  Cluster cluster() {
    List<Node> nodes = new ArrayList<>();
    for (int n = 1; n <= ports.size(); n++) {
      nodes.add(node(n));
    }
    return new Cluster(
        new ClusterName("shop"),
        EngineKind.POSTGRESQL,
        new Replication(
            Replication.Mode.ASYNC, 1, Replication.OnLostSync.BLOCK, Duration.ofSeconds(30), 0),
        new Fencing(Set.of(Fencing.Strength.STOPPED)),
        Limits.DEFAULTS,
        nodes,
        List.of());
  }

  private Node node(int n) {
    return new Node(
        new NodeName("pg" + n),
        "127.0.0.1",
        Optional.empty(),
        n == 1,
        50,
        true,
        Optional.empty(),
        Optional.empty(),
        Node.Connection.LOCAL,
        Ssh.DEFAULTS,
        new Database(
            ports.get(n - 1),
            Database.Access.TUNNEL,
            "replctl",
            Optional.empty(),
            Optional.of(root ? "postgres" : System.getProperty("user.name")),
            Optional.empty()),
        new Layout(
            Optional.empty(),
            Optional.of(data(n).toString()),
            Optional.of(BIN.toString()),
            Optional.empty(),
            Optional.of(folder.resolve("state" + n).toString())),
        List.of());
  }

  Path data(int n) {
    return folder.resolve("pg" + n);
  }

  /** One look at all of them. */
  Snapshot look() {
    return look(Duration.ofSeconds(30));
  }

  /** One look, with a deadline; a server gets three fifths of it, 2.5 s at most. */
  Snapshot look(Duration perNode) {
    return Observer.look(world.world(), new PostgresqlEngine(), cluster(), perNode);
  }

  /** What one of them says over its own protocol; it asks nobody for a password. */
  Facts told(int n) {
    world.world().vault().get(RealWorld.DATABASE_PASSWORD);
    Answer answer =
        world
            .world()
            .sql()
            .read(
                new NodeName("pg" + n),
                new PostgresqlSurvey().live(),
                world.world().clock().in(Duration.ofSeconds(30)));
    if (!answer.isDone()) {
      throw new AssertionError(answer.words());
    }
    return answer.facts();
  }

  /** What was seen of one of them. */
  Server server(int n) {
    return look().node(new NodeName("pg" + n)).server().orElseThrow();
  }

  /** Looks until it is so, for a minute: for what the server does in its own time. */
  Server until(int n, Predicate<Server> so) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    Server server = server(n);
    while (!so.test(server)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not seen within a minute; last: " + server);
      }
      server = server(n);
    }
    return server;
  }

  /** A new server that takes writes. */
  void lead(int n) {
    run("initdb", "-D", data(n).toString(), "-A", "trust", "-U", "postgres", "--no-sync");
    configure(n, "wal_level = replica\nfsync = off\nhot_standby_feedback = off\n");
    start(n);
  }

  /** A copy of the first that follows it. */
  void follow(int n) {
    run(
        "pg_basebackup",
        "-D",
        data(n).toString(),
        "-h",
        folder.toString(),
        "-U",
        "postgres",
        "-p",
        ports.get(0).toString(),
        "-c",
        "fast",
        "--no-sync");
    write(data(n).resolve("standby.signal"), "");
    configure(
        n,
        "max_standby_streaming_delay = -1\nprimary_conninfo = 'host=127.0.0.1 port="
            + ports.get(0)
            + " user=postgres application_name=pg"
            + n
            + " password=canary'\n");
    start(n);
  }

  private void configure(int n, String more) {
    write(
        data(n).resolve("postgresql.conf"),
        "port = "
            + ports.get(n - 1)
            + "\nunix_socket_directories = '"
            + folder
            + "'\nlisten_addresses = '127.0.0.1'\nshared_buffers = 16MB\n"
            + more);
  }

  /** Adds to a file, as the servers' user. */
  private void write(Path file, String text) {
    try {
      boolean fresh = !Files.exists(file);
      Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      if (fresh && root) {
        plain(List.of("chown", "postgres:", file.toString()));
      }
    } catch (IOException unable) {
      throw new IllegalStateException(unable);
    }
  }

  void start(int n) {
    run(
        "pg_ctl",
        "-D",
        data(n).toString(),
        "-l",
        folder.resolve("pg" + n + ".log").toString(),
        "-w",
        "-s",
        "start");
  }

  void stop(int n) {
    run("pg_ctl", "-D", data(n).toString(), "-m", "fast", "-w", "-s", "stop");
  }

  /** One statement; its rows. */
  String sql(int n, String statement) {
    return run(
        "psql",
        "-XAtq",
        "-v",
        "ON_ERROR_STOP=1",
        "-h",
        folder.toString(),
        "-U",
        "postgres",
        "-p",
        ports.get(n - 1).toString(),
        "-d",
        "postgres",
        "-c",
        statement);
  }

  /** A session that stays until it is closed. */
  Session session(int n, String application) throws IOException {
    List<String> command =
        as(
            List.of(
                "env",
                "PGAPPNAME=" + application,
                BIN.resolve("psql").toString(),
                "-XAtq",
                "-h",
                folder.toString(),
                "-U",
                "postgres",
                "-p",
                ports.get(n - 1).toString(),
                "-d",
                "postgres"));
    Session session = new Session(new ProcessBuilder(command).start());
    sessions.add(session);
    return session;
  }

  /** A psql that takes statements one by one. */
  static final class Session implements AutoCloseable {
    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    private Session(Process process) {
      this.process = process;
      in =
          new BufferedWriter(
              new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
      out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** One statement that gives one row. */
    String ask(String statement) throws IOException {
      in.write(statement + "\n");
      in.flush();
      return out.readLine();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /** The process that a PID file names. */
  long postmaster(int n) {
    return Long.parseLong(
        run("/usr/bin/head", "-n", "1", data(n).resolve("postmaster.pid").toString()).strip());
  }

  void signal(String signal, long pid) {
    plain(List.of("kill", "-" + signal, Long.toString(pid)));
  }

  private String run(String program, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(program.startsWith("/") ? program : BIN.resolve(program).toString());
    words.addAll(List.of(arguments));
    return plain(as(words));
  }

  private List<String> as(List<String> words) {
    List<String> all =
        new ArrayList<>(root ? List.of("runuser", "-u", "postgres", "--") : List.of());
    all.addAll(words);
    return all;
  }

  private static String plain(List<String> words) {
    try {
      Path said = Files.createTempFile("replctl-live", ".txt");
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .directory(Path.of("/").toFile())
              .start();
      boolean ended = process.waitFor(2, TimeUnit.MINUTES);
      String text = Files.readString(said);
      Files.delete(said);
      if (!ended || process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", words) + ": " + text);
      }
      return text;
    } catch (IOException | InterruptedException unable) {
      throw new IllegalStateException(String.join(" ", words), unable);
    }
  }

  @Override
  public void close() throws IOException {
    sessions.forEach(Session::close);
    for (int n = 1; n <= ports.size(); n++) {
      if (Files.exists(data(n).resolve("postmaster.pid"))) {
        long pid = postmaster(n);
        if (ProcessHandle.of(pid).isPresent()) {
          signal("CONT", pid);
          run("pg_ctl", "-D", data(n).toString(), "-m", "immediate", "-w", "-s", "stop");
        }
      }
    }
    world.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

package replctl.playbooks.real;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.Database;
import replctl.inventory.EngineKind;
import replctl.inventory.FenceDevice;
import replctl.inventory.Gateway;
import replctl.inventory.Inventory;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Redirect;
import replctl.inventory.Ssh;
import replctl.inventory.Tls;
import replctl.inventory.Witness;
import replctl.inventory.secret.Secret;
import replctl.inventory.secret.Secrets;
import replctl.playbooks.real.agent.FenceAgents;
import replctl.playbooks.real.around.Around;
import replctl.playbooks.real.keep.FileStore;
import replctl.playbooks.real.keep.FolderVault;
import replctl.playbooks.real.keep.UnreadableSecret;
import replctl.playbooks.real.local.LocalShell;
import replctl.playbooks.real.protocol.Account;
import replctl.playbooks.real.protocol.Residents;
import replctl.playbooks.real.protocol.Scripts;
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.real.sql.PostgresqlSql;
import replctl.playbooks.real.sql.Target;
import replctl.playbooks.real.ssh.Primer;
import replctl.playbooks.real.ssh.SshShells;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.PowerDevice;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Sql;
import replctl.playbooks.world.Stop;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Vault;
import replctl.playbooks.world.World;

/**
 * The one world with effects, for one cluster. Opening it does nothing yet: connections, threads
 * and folders come with their first use. Closing it ends them all at once.
 */
public final class RealWorld implements AutoCloseable {
  /** The password of the role that replctl reads with. */
  public static final SecretRef DATABASE_PASSWORD = new SecretRef("database-password");

  /** The folder beside the inventory that holds a folder of secrets for each cluster. */
  private static final String SECRETS = "replctl-secrets";

  private final Threads threads = new Threads();
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "replctl-beats");
            thread.setDaemon(true);
            return thread;
          });
  private final LocalShell local;
  private final SshShells remote;
  private final World world;

  private final RealHosts hosts;
  private final Function<NodeName, Target> targets;
  private final Supplier<FenceAgents> agents;
  private PostgresqlSql sql;
  private FenceAgents power;

  private RealWorld(Inventory inventory, Cluster cluster, Map<String, String> environment) {
    if (cluster.nodes().stream().anyMatch(RealWorld::speaksSsh)) {
      // While this thread goes on: what is known of the hosts must first be read.
      threads.execute(Primer::run);
    }
    Clock clock = new SystemClock();
    SecureRandom random = new SecureRandom();
    Path folder = inventory.file().toAbsolutePath().getParent();
    Path secrets = folder.resolve(SECRETS).resolve(cluster.name().value());
    Path state = stateFolder(environment);
    FolderVault vault =
        new FolderVault(secrets, declared(cluster), new Secrets(environment, folder), random);
    local = new LocalShell(clock, LocalShell.self());
    remote = new SshShells(environment, LocalShell.self(), threads, clock);
    Scripts scripts = new Scripts(threads, clock, random, vault);
    hosts =
        new RealHosts(
            place -> account(cluster, place),
            Map.of(
                "secrets_directory",
                secrets.toString(),
                "state_directory",
                state.resolve(cluster.name().value()).toString()),
            scripts,
            new Residents(scripts, beats),
            threads,
            clock);
    world =
        new World(
            clock,
            new RandomIds(clock, random),
            new ThreadFanout(threads, clock),
            hosts,
            sqlOf(cluster.engine()),
            new FileStore(state),
            vault,
            (device, wish, by) -> power().ask(device, wish, by),
            new Around(environment, clock),
            Stop.NEVER);
    agents =
        () ->
            new FenceAgents(
                device -> device(cluster, device),
                new Secrets(environment, folder),
                environment,
                clock);
    targets = name -> target(cluster, name, vault, new Secrets(environment, folder), secrets);
  }

  /**
   * The world of one cluster.
   *
   * @param environment the operator's: where journals lie, and what secrets' commands see
   */
  public static RealWorld open(
      Inventory inventory, Cluster cluster, Map<String, String> environment) {
    return new RealWorld(inventory, cluster, environment);
  }

  /** Everything outside. */
  public World world() {
    return world;
  }

  /** Reads from the nodes' servers. Nothing of it is loaded until it is asked for. */
  /** MySQL's protocol is not spoken yet: its servers are asked on their hosts. */
  private Sql sqlOf(EngineKind engine) {
    return switch (engine) {
      case POSTGRESQL -> (node, query, by) -> sql().read(node, query, by);
      case MYSQL ->
          (node, query, by) ->
              Answer.notDone(Trouble.NOT_PERMITTED, "replctl does not speak its protocol yet");
    };
  }

  private synchronized Sql sql() {
    if (sql == null) {
      sql = new PostgresqlSql(targets, threads, world.clock());
    }
    return sql;
  }

  /** Asks fence devices. Nothing of it is loaded until one is asked. */
  private synchronized FenceAgents power() {
    if (power == null) {
      power = agents.get();
    }
    return power;
  }

  @Override
  public synchronized void close() {
    beats.shutdownNow();
    if (sql != null) {
      sql.close();
    }
    local.close();
    remote.close();
  }

  /**
   * Where the operator's journals lie: {@code $XDG_STATE_HOME/replctl}, or else {@code
   * ~/.local/state/replctl}.
   */
  public static Path stateFolder(Map<String, String> environment) {
    String set = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base =
        set.startsWith("/")
            ? Path.of(set)
            : Path.of(
                environment.getOrDefault("HOME", System.getProperty("user.home")),
                ".local",
                "state");
    return base.resolve("replctl");
  }

  private Account account(Cluster cluster, Place place) {
    if (place instanceof Place.Host host) {
      Node node = node(cluster, host.node());
      return account(cluster, node, place, shell(node));
    }
    if (place instanceof Place.Via via) {
      Node node = node(cluster, via.node());
      return account(cluster, node, place, through(node, node(cluster, via.through())));
    }
    if (place instanceof Place.Login login) {
      return new Account(
          place.label(), shell(node(cluster, login.node())), Optional.empty(), Optional.empty());
    }
    if (place instanceof Place.Witness seat) {
      Witness witness =
          cluster.witnesses().stream()
              .filter(w -> w.name().equals(seat.name()))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no witness " + seat.name()));
      return new Account(
          witness.name().value(),
          witness.connection() == Node.Connection.LOCAL
              ? local
              : remote.to(witness.host(), witness.ssh()),
          Optional.empty(),
          Optional.empty());
    }
    if (place instanceof Place.Gateway at) {
      Gateway gateway = gateway(cluster, at);
      return new Account(
          gateway.host(),
          gateway.connection() == Node.Connection.LOCAL
              ? local
              : remote.to(gateway.host(), gateway.ssh()),
          gateway.osUser(),
          Optional.empty());
    }
    return new Account(place.label(), local, Optional.empty(), Optional.empty());
  }

  private static Gateway gateway(Cluster cluster, Place.Gateway at) {
    return cluster.redirects().stream()
        .skip(at.redirect() - 1L)
        .limit(1)
        .flatMap(
            redirect ->
                redirect instanceof Redirect.Pgbouncer pooler
                    ? pooler.gateway().stream()
                    : redirect instanceof Redirect.Haproxy haproxy
                        ? haproxy.gateway().stream()
                        : Stream.empty())
        .filter(gateway -> gateway.host().equals(at.host()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no gateway " + at.host()));
  }

  private static Optional<FenceDevice> device(Cluster cluster, PowerDevice named) {
    return cluster.node(named.node()).stream()
        .flatMap(node -> node.fence().stream().skip(named.level() - 1L).limit(1))
        .flatMap(level -> level.devices().stream().skip(named.number() - 1L))
        .findFirst();
  }

  private static Account account(Cluster cluster, Node node, Place place, Shell shell) {
    return new Account(
        place.label(),
        shell,
        Optional.of(node.database().osUser().orElse(cluster.engine().usualUser())),
        node.layout().service());
  }

  private static Node node(Cluster cluster, NodeName name) {
    return cluster.node(name).orElseThrow(() -> new IllegalArgumentException("no node " + name));
  }

  /** A node on this machine needs no way to it. */
  private Shell through(Node node, Node through) {
    return node.connection() == Node.Connection.LOCAL
            || through.connection() == Node.Connection.LOCAL
        ? shell(node)
        : remote.through(
            hosts.account(Place.on(through.name())).shell(),
            through.host(),
            through.ssh(),
            node.host(),
            node.ssh());
  }

  /** Whether this process does, and not the system's client. */
  private static boolean speaksSsh(Node node) {
    return node.connection() == Node.Connection.SSH && node.ssh().transport() == Ssh.Transport.SSHJ;
  }

  private Shell shell(Node node) {
    return node.connection() == Node.Connection.LOCAL ? local : remote.to(node.host(), node.ssh());
  }

  private Target target(Cluster cluster, NodeName name, Vault vault, Secrets secrets, Path folder) {
    Node node = node(cluster, name);
    Database database = node.database();
    return new Target(
        name.value(),
        database.access() == Database.Access.TUNNEL
            ? Optional.of(hosts.account(Place.on(name)).shell())
            : Optional.empty(),
        node.host(),
        database.port(),
        database.user(),
        () ->
            database
                .password()
                .map(source -> FolderVault.read(DATABASE_PASSWORD, source, false, secrets))
                .orElseGet(() -> made(vault, database.user())),
        database.tls().map(Tls::ca).orElse(folder.resolve("ca.crt")));
  }

  /** To read with a password that nobody has given to the role yet would only fail. */
  private static Secret made(Vault vault, String role) {
    if (!vault.has(DATABASE_PASSWORD)) {
      throw new UnreadableSecret(
          "role "
              + role
              + " has no password yet: replctl init makes both, database.password says it");
    }
    return vault.get(DATABASE_PASSWORD);
  }

  private static Map<SecretRef, FolderVault.Declared> declared(Cluster cluster) {
    Map<SecretRef, FolderVault.Declared> declared = new HashMap<>();
    for (Node node : cluster.nodes()) {
      node.database()
          .password()
          .ifPresent(
              source ->
                  declared.putIfAbsent(DATABASE_PASSWORD, new FolderVault.Declared(source, false)));
      node.database()
          .tls()
          .ifPresent(
              tls ->
                  declared.put(
                      new SecretRef("tls-key-" + node.name()),
                      new FolderVault.Declared(tls.key(), true)));
    }
    List<Redirect> redirects = cluster.redirects();
    for (int i = 0; i < redirects.size(); i++) {
      SecretRef ref = SecretRef.ofRedirect(i + 1);
      if (redirects.get(i) instanceof Redirect.Pgbouncer pooler) {
        pooler
            .password()
            .ifPresent(source -> declared.put(ref, new FolderVault.Declared(source, false)));
      }
    }
    return declared;
  }
}

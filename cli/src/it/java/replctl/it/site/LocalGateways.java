package replctl.it.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real HAProxy and a real PgBouncer on this machine, before the nodes of a site. */
public final class LocalGateways implements AutoCloseable {
  private final LocalSite site;
  private final Path folder;
  private final int haproxyPort = Ports.free();
  private final int operatorPort = Ports.free();
  private final int poolerPort = Ports.free();
  private final List<Process> running = new ArrayList<>();

  private LocalGateways(LocalSite site) {
    this.site = site;
    this.folder = site.folder().resolve("gateways");
  }

  /** Starts both, which lead to that node as an operator has set them up. */
  public static LocalGateways start(LocalSite site, String leader) {
    LocalGateways gateways = new LocalGateways(site);
    Shell.run(List.of("rm", "-rf", gateways.folder.toString()));
    Shell.run(
        List.of("install", "-d", "-m", "755", "-o", site.owner(), gateways.folder.toString()));
    gateways.startHaproxy(leader);
    gateways.startPooler(leader);
    return gateways;
  }

  /** The keys of the cluster that declare both. */
  public String declared() {
    return """
    redirect:
      - {haproxy: "unix:%1$s/admin.sock", backend: shop, servers: {pg1: db1, pg2: db2, pg3: db3}}
      - pgbouncer: {host: 127.0.0.1, os_user: %2$s, socket: %1$s, port: %3$d, database: app, file: %1$s/replctl.ini, options: {pool_size: 5}}
    """
        .formatted(folder, site.owner(), poolerPort);
  }

  /** Where HAProxy's API listens that takes no commands. */
  public String powerless() {
    return "127.0.0.1:" + operatorPort;
  }

  /** How a client reaches the database app by HAProxy. */
  public String byHaproxy() {
    return "postgresql://127.0.0.1:" + haproxyPort + "/";
  }

  /** How a client reaches the database app by PgBouncer. */
  public String byPooler() {
    return "postgresql://127.0.0.1:" + poolerPort + "/";
  }

  /** Starts HAProxy: it sends clients to that node. */
  public void startHaproxy(String leader) {
    StringBuilder text =
        new StringBuilder(
            """
            global
              stats socket %1$s/admin.sock level admin mode 600
              stats socket ipv4@127.0.0.1:%2$d level operator
            defaults
              mode tcp
              timeout connect 2s
              timeout client 10m
              timeout server 10m
            frontend clients
              bind 127.0.0.1:%3$d
              default_backend shop
            backend shop
            """
                .formatted(folder, operatorPort, haproxyPort));
    for (String node : site.nodes()) {
      text.append("  server ").append(node.replace("pg", "db")).append(' ');
      text.append(site.address(node)).append(node.equals(leader) ? "\n" : " disabled\n");
    }
    Path file = write("haproxy.cfg", text.toString());
    start(List.of("/usr/sbin/haproxy", "-db", "-f", file.toString()), haproxyPort);
  }

  private void startPooler(String leader) {
    String[] address = site.address(leader).split(":");
    write(
        "replctl.ini",
        "[databases]\napp = host=%s port=%s dbname=app\n".formatted(address[0], address[1]));
    write("users", "\"app\" \"app\"\n");
    Path file =
        write(
            "pgbouncer.ini",
            """
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %2$d
            unix_socket_dir = %1$s
            auth_type = trust
            auth_file = %1$s/users
            admin_users = pgbouncer
            %%include %1$s/replctl.ini
            """
                .formatted(folder, poolerPort));
    start(site.become("/usr/sbin/pgbouncer", file.toString()), poolerPort);
  }

  private Path write(String name, String text) {
    try {
      Path file = Files.writeString(folder.resolve(name), text);
      Shell.run(List.of("chown", site.owner(), file.toString()));
      return file;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private void start(List<String> command, int port) {
    Path log = folder.resolve("log");
    try {
      running.add(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start());
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
    Site.await(command.get(command.size() - 2) + " at port " + port, () -> listens(port));
  }

  private static boolean listens(int port) {
    return Shell.end(List.of("bash", "-c", "exec 5<>/dev/tcp/127.0.0.1/" + port)).code() == 0;
  }

  /** What they have said, for messages. */
  public String log() {
    return Site.lines(folder.resolve("log"));
  }

  /** HAProxy ends. */
  public void endHaproxy() {
    end(running.remove(0));
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Both end, and what PgBouncer's host has kept of the cluster goes. */
  @Override
  public void close() {
    running.forEach(LocalGateways::end);
    site.shell("pg1", "rm -rf ~/.replctl/shop/127.0.0.1-*");
  }
}

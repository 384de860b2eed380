package replctl.playbooks.real.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import replctl.inventory.Ssh;
import replctl.playbooks.real.shell.Ending;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.OwnSession;
import replctl.playbooks.real.shell.ProcessRunning;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.real.shell.Stream;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Passage;
import replctl.playbooks.world.Trouble;

/**
 * One host, by the system's ssh: one connection in the background, whose socket lies in a private
 * folder, and a small client process for each command. It does what the client in this process
 * can't: security keys, PKCS#11, GSSAPI, ProxyCommand.
 */
final class OpensshShell implements Shell {
  /** The background connection ends by itself when replctl was killed. */
  private static final String IDLE_SECONDS = "60";

  /** sshd's MaxSessions is 10 by default. */
  private static final int MOST_SESSIONS = 8;

  /** ssh's exit code for its own failures. */
  private static final int SSH_FAILED = 255;

  private static final Duration LEAVING = Duration.ofMillis(500);

  private final List<String> client;
  private final String host;
  private final Ssh ssh;
  private final Routes routes;
  private final Map<String, String> environment;
  private final Clock clock;
  private final Path socket;
  private final Path complaints;
  private final Semaphore sessions = new Semaphore(MOST_SESSIONS, true);
  private String user = "";
  private boolean open;
  private Optional<NoContact> untold = Optional.empty();

  /**
   * @param client the system's client: {@code ssh}, and what it is always given
   * @param folder private; a socket's path may not be long
   */
  OpensshShell(
      List<String> client,
      String host,
      Ssh ssh,
      Routes routes,
      Map<String, String> environment,
      Clock clock,
      Path folder,
      int number) {
    this.client = List.copyOf(client);
    this.host = host;
    this.ssh = ssh;
    this.routes = routes;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
    this.socket = folder.resolve("s" + number);
    this.complaints = folder.resolve("e" + number);
  }

  @Override
  public synchronized String user() throws NoContact {
    if (user.isEmpty()) {
      List<Hop> hops = routes.to(host, ssh);
      user = hops.get(hops.size() - 1).user();
    }
    return user;
  }

  @Override
  public List<Passage> way() throws NoContact {
    return routes.to(host, ssh).stream().map(Hop::passage).toList();
  }

  @Override
  public Running start(List<String> words, Deadline by) throws NoContact {
    connection(by);
    Process process = client(List.of("-T"), words, by);
    return new ProcessRunning(process, clock, OpensshShell::ending, sessions::release);
  }

  private static Ending ending(int status) {
    return status == SSH_FAILED
        ? new Ending.Cut("ssh ended with its own exit code " + SSH_FAILED)
        : new Ending.Exited(status);
  }

  @Override
  public Stream connect(int port, Deadline by) throws NoContact {
    connection(by);
    Process process = client(List.of("-W", "127.0.0.1:" + port), List.of(), by);
    return new Forwarded(process, sessions::release);
  }

  private record Forwarded(Process process, Runnable free) implements Stream {
    @Override
    public InputStream in() {
      return process.getInputStream();
    }

    @Override
    public OutputStream out() {
      return process.getOutputStream();
    }

    @Override
    public void close() {
      process.destroyForcibly();
      free.run();
    }
  }

  /** A client over the connection that is there; it never makes one of its own. */
  private Process client(List<String> options, List<String> words, Deadline by) throws NoContact {
    try {
      if (!sessions.tryAcquire(clock.left(by).toNanos(), TimeUnit.NANOSECONDS)) {
        throw new NoContact(
            Trouble.OVERDUE, host + " has " + MOST_SESSIONS + " commands running already");
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new NoContact(Trouble.OVERDUE, host + ": it was not waited for", stop);
    }
    List<String> command = new ArrayList<>(client);
    command.addAll(List.of("-q", "-o", "ControlMaster=no", "-o", "ControlPath=" + socket));
    command.addAll(List.of("-o", "BatchMode=yes", "-o", "ProxyCommand=false"));
    command.addAll(options);
    command.addAll(List.of("--", host));
    command.addAll(words);
    try {
      return OwnSession.start(builder(command));
    } catch (IOException unable) {
      sessions.release();
      throw noSsh(unable);
    }
  }

  private static NoContact noSsh(IOException unable) {
    return new NoContact(
        Trouble.NOT_PERMITTED, "ssh can't be run here: " + unable.getMessage(), unable);
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  /** Opens the connection in the background, where there is none. */
  private synchronized void connection(Deadline by) throws NoContact {
    if (untold.isPresent()) {
      NoContact why = untold.get();
      untold = Optional.empty();
      throw new NoContact(why.trouble(), why.getMessage(), why);
    }
    if (open && Files.exists(socket)) {
      return;
    }
    open = false;
    List<String> command = new ArrayList<>(client);
    command.addAll(List.of("-f", "-N", "-T", "-M", "-o", "ControlPath=" + socket));
    for (String option :
        List.of(
            "ControlPersist=" + IDLE_SECONDS,
            "BatchMode=yes",
            "StrictHostKeyChecking=yes",
            "ConnectTimeout=" + Math.max(1, ssh.connectTimeout().toSeconds()),
            "ConnectionAttempts=1",
            "ServerAliveInterval=1",
            "ServerAliveCountMax=3",
            "ClearAllForwardings=yes",
            "ForwardAgent=no",
            "ForwardX11=no",
            "PermitLocalCommand=no",
            "UpdateHostKeys=no")) {
      command.addAll(List.of("-o", option));
    }
    ssh.user().ifPresent(name -> command.addAll(List.of("-l", name)));
    ssh.port().ifPresent(port -> command.addAll(List.of("-p", port.toString())));
    ssh.identity()
        .ifPresent(
            file -> command.addAll(List.of("-i", file.toString(), "-o", "IdentitiesOnly=yes")));
    ssh.knownHosts().ifPresent(file -> command.addAll(List.of("-o", "UserKnownHostsFile=" + file)));
    if (!ssh.jump().isEmpty()) {
      command.addAll(List.of("-J", String.join(",", ssh.jump())));
    }
    command.addAll(List.of("--", host));
    run(command, by);
    open = true;
  }

  /** ssh goes into the background once it is logged in: the command's end is the news. */
  private void run(List<String> command, Deadline by) throws NoContact {
    try {
      Process process = OwnSession.start(builder(command).redirectError(complaints.toFile()));
      process.getOutputStream().close();
      if (!process.waitFor(clock.left(by).toNanos(), TimeUnit.NANOSECONDS)) {
        ProcessRunning.end(process);
        throw new NoContact(
            Trouble.SILENT, host + " did not finish the login in time: " + complaint());
      }
      if (process.exitValue() != 0) {
        throw OpensshFailure.of(host, complaint());
      }
    } catch (IOException unable) {
      throw noSsh(unable);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new NoContact(Trouble.OVERDUE, host + ": it was not waited for", stop);
    }
  }

  private String complaint() throws IOException {
    try (InputStream in = Files.newInputStream(complaints)) {
      return new String(in.readNBytes(4096), StandardCharsets.UTF_8);
    }
  }

  /** What comes of it in vain is told to the next one who asks: nobody is dialled twice. */
  @Override
  public synchronized void warm(Deadline by) {
    untold = Optional.empty();
    try {
      connection(by);
    } catch (NoContact unreachable) {
      untold = Optional.of(unreachable);
    }
  }

  @Override
  public synchronized void close() {
    if (!open) {
      return;
    }
    open = false;
    List<String> command = new ArrayList<>(client);
    command.addAll(List.of("-q", "-O", "exit", "-o", "ControlPath=" + socket, "--", host));
    try {
      Process process = OwnSession.start(builder(command).redirectErrorStream(true));
      if (!process.waitFor(LEAVING.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException noSsh) {
      // It ends by itself.
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}

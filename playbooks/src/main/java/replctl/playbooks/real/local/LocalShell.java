package replctl.playbooks.real.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import replctl.playbooks.real.shell.Ending;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.OwnSession;
import replctl.playbooks.real.shell.ProcessRunning;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.real.shell.Stream;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Trouble;

/**
 * Runs commands on this machine. Each is the leader of a session of its own: neither a Ctrl-C in
 * the operator's terminal nor the end of another command reaches it.
 */
public final class LocalShell implements Shell {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final Clock clock;
  private final String user;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  /**
   * @param user whom this process runs as
   */
  public LocalShell(Clock clock, String user) {
    this.clock = clock;
    this.user = user;
  }

  /** Whom this process runs as. */
  public static String self() {
    return System.getProperty("user.name");
  }

  @Override
  public String user() {
    return user;
  }

  @Override
  public Running start(List<String> words, Deadline by) throws NoContact {
    ProcessBuilder builder = new ProcessBuilder(words);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", PATH);
    environment.put("LC_ALL", "C");
    try {
      Process process = OwnSession.start(builder);
      running.add(process);
      return new ProcessRunning(process, clock, LocalShell::ending, () -> running.remove(process));
    } catch (IOException unable) {
      throw new NoContact(
          Trouble.NOT_PERMITTED,
          "\"" + String.join(" ", words) + "\" can't be run: " + unable.getMessage(),
          unable);
    }
  }

  @Override
  public Stream connect(int port, Deadline by) throws NoContact {
    Socket socket = new Socket();
    try {
      int millis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, clock.left(by).toMillis()));
      socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), millis);
      socket.setTcpNoDelay(true);
      return new Connected(socket, socket.getInputStream(), socket.getOutputStream());
    } catch (ConnectException refused) {
      close(socket);
      throw new NoContact(Trouble.REFUSED, "nothing listens at port " + port, refused);
    } catch (SocketTimeoutException silent) {
      close(socket);
      throw new NoContact(Trouble.UNREACHABLE, "port " + port + " does not answer", silent);
    } catch (IOException unable) {
      close(socket);
      throw new NoContact(Trouble.CUT, "port " + port + ": " + unable.getMessage(), unable);
    }
  }

  private static void close(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception closed) {
      // Nothing more can be done about it.
    }
  }

  @Override
  public void warm(Deadline by) {}

  @Override
  public void close() {
    for (Process process : running) {
      ProcessRunning.end(process);
    }
    running.clear();
  }

  private record Connected(Socket socket, InputStream in, OutputStream out) implements Stream {
    @Override
    public void close() {
      LocalShell.close(socket);
    }
  }

  /** Java gives 128 and the signal's number for a process that a signal ended. */
  private static Ending ending(int status) {
    return status > 128 ? new Ending.Killed("number " + (status - 128)) : new Ending.Exited(status);
  }
}

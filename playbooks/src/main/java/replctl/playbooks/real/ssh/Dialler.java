package replctl.playbooks.real.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.ReadySocketFactory;
import replctl.playbooks.real.shell.Tcp;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Trouble;

/**
 * Connects to one host and logs in. Each phase has its own limit, since each failure means
 * something else: no answer at all, an answer and then silence, a stranger, a closed door.
 */
final class Dialler {
  /** Key exchange and login together: a directory service may be asked meanwhile. */
  static final Duration USUAL_LOGIN_LIMIT = Duration.ofSeconds(10);

  /** Two lost signs of life are an accident; a frozen host is known after 3 to 4 s. */
  private static final int SIGN_OF_LIFE_SECONDS = 1;

  private static final int SIGNS_MISSED = 3;

  private final KnownHosts known;
  private final Duration loginLimit;
  private final Threads threads;
  private final Clock clock;

  Dialler(KnownHosts known, Duration loginLimit, Threads threads, Clock clock) {
    this.known = known;
    this.loginLimit = loginLimit;
    this.threads = threads;
    this.clock = clock;
  }

  /** What a connection may take at most, all its phases together. */
  Duration limit(Hop hop) {
    return hop.connectTimeout().multipliedBy(2).plus(loginLimit);
  }

  /**
   * Connects.
   *
   * @param via the host before it on the way
   * @param turn when this machine may compute for it; its login's time counts from there
   */
  SshConnection dial(Hop hop, Optional<SshConnection> via, Turns.Turn turn) throws NoContact {
    if (hop.proxyCommand().isPresent()) {
      throw new NoContact(
          Trouble.LOGIN,
          "~/.ssh/config has a ProxyCommand for "
              + hop.words()
              + ": say \"transport: openssh\" in the inventory");
    }
    HostKeyCheck check = new HostKeyCheck(hop, via.isPresent(), known.of(hop));
    SSHClient client = new SSHClient(ClientAlgorithms.CONFIG);
    client.addHostKeyVerifier(check);
    // The library's own limits come last: they don't tell what was waited for.
    int limit = (int) limit(hop).toMillis();
    client.getTransport().setTimeoutMs(limit);
    client.getConnection().setTimeoutMs(limit);
    KeepAliveRunner signs = (KeepAliveRunner) client.getConnection().getKeepAlive();
    signs.setKeepAliveInterval(SIGN_OF_LIFE_SECONDS);
    signs.setMaxAliveCount(SIGNS_MISSED);
    CompletableFuture<Void> heard = new CompletableFuture<>();
    UnaryOperator<InputStream> reading = in -> new InTurn(in, turn, () -> heard.complete(null));
    if (via.isPresent()) {
      DirectConnection channel =
          via.get().direct(hop.hostname(), hop.port(), clock.in(hop.connectTimeout()), reading);
      return meet(
          new Meeting(hop, client, check, turn, heard), channel, () -> client.connectVia(channel));
    }
    Socket socket =
        Tcp.connect(hop.hostname(), hop.port(), hop.words(), hop.connectTimeout(), reading);
    client.setSocketFactory(new Connected(socket));
    return meet(
        new Meeting(hop, client, check, turn, heard),
        socket,
        () -> client.connect(hop.hostname(), hop.port()));
  }

  /**
   * Two who are to get to know each other.
   *
   * @param heard done when the host has spoken, and it is its turn
   */
  private record Meeting(
      Hop hop,
      SSHClient client,
      HostKeyCheck check,
      Turns.Turn turn,
      CompletableFuture<Void> heard) {
    boolean isSilent() {
      return !heard.isDone() && !turn.isAwaited();
    }
  }

  /** Anything of the library's that may fail. */
  private interface Greeting {
    void speak() throws IOException;
  }

  /** Exchanges keys and logs in; closing what lies below ends every wait of the library's. */
  private SshConnection meet(Meeting met, AutoCloseable below, Greeting greeting) throws NoContact {
    Hop hop = met.hop();
    HostKeyCheck check = met.check();
    CompletableFuture<Boolean> inTime = new CompletableFuture<>();
    Runnable end =
        () -> {
          if (inTime.complete(false)) {
            close(below);
          }
        };
    after(hop.connectTimeout(), met::isSilent, end);
    CompletableFuture<Void> unused =
        met.heard()
            .thenRun(
                () -> {
                  after(hop.connectTimeout(), () -> !check.met(), end);
                  after(hop.connectTimeout().plus(loginLimit), () -> true, end);
                });
    try {
      greeting.speak();
      new Login(hop).in(met.client());
      if (inTime.complete(true)) {
        return new SshConnection(hop, met.client(), threads, clock);
      }
      throw silent(hop, check, null);
    } catch (IOException failed) {
      close(below);
      if (!check.refusal().isEmpty()) {
        throw new NoContact(Trouble.HOST_KEY, check.refusal(), failed);
      }
      throw inTime.getNow(true) ? failed(hop, check, failed) : silent(hop, check, failed);
    } catch (NoContact refused) {
      close(below);
      throw inTime.getNow(true) ? refused : silent(hop, check, refused);
    } finally {
      met.turn().end();
    }
  }

  private void after(Duration delay, BooleanSupplier still, Runnable work) {
    CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, threads)
        .execute(
            () -> {
              if (still.getAsBoolean()) {
                work.run();
              }
            });
  }

  private static NoContact silent(Hop hop, HostKeyCheck check, Throwable cause) {
    String words =
        check.met()
            ? hop.words() + " stopped answering during the login: it hangs or is overloaded"
            : hop.words()
                + " takes connections and says nothing within "
                + Tcp.time(hop.connectTimeout())
                + ": it hangs or is overloaded, or that is no SSH port";
    return new NoContact(Trouble.SILENT, words, cause);
  }

  private static NoContact failed(Hop hop, HostKeyCheck check, IOException failed) {
    String words = Words.of(failed);
    if (words.startsWith("Unable to reach a settlement")) {
      return new NoContact(
          Trouble.LOGIN,
          hop.words()
              + " has no method in common with this client: say \"transport: openssh\" in the"
              + " inventory ("
              + words
              + ")",
          failed);
    }
    return check.met()
        ? new NoContact(
            Trouble.CUT, "the connection to " + hop.words() + " ended: " + words, failed)
        : new NoContact(
            Trouble.CUT,
            hop.words()
                + " hangs up before it says who it is: too many logins at once (MaxStartups), or"
                + " this address is not let in",
            failed);
  }

  private static void close(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception ended) {
      // It is of no use any more.
    }
  }

  /** Gives the library a socket that is connected already. */
  private static final class Connected extends ReadySocketFactory {
    private final Socket socket;

    private Connected(Socket socket) {
      this.socket = socket;
    }

    @Override
    public Socket createSocket() {
      return socket;
    }
  }
}

package replctl.playbooks.real.shell;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import replctl.playbooks.world.Trouble;

/** Connects, and says what it means when that fails. */
public final class Tcp {
  private Tcp() {}

  /**
   * A connected socket, without delay and with signs of life. Every address of the host is tried,
   * within one limit.
   *
   * @param words the host, for messages
   * @throws NoContact NO_ADDRESS, REFUSED or UNREACHABLE
   */
  public static Socket connect(String host, int port, String words, Duration limit)
      throws NoContact {
    return connect(host, port, words, limit, UnaryOperator.identity());
  }

  /**
   * The same.
   *
   * @param reading what the socket's reader gets of the stream that it is given
   */
  public static Socket connect(
      String host, int port, String words, Duration limit, UnaryOperator<InputStream> reading)
      throws NoContact {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException unknown) {
      throw new NoContact(Trouble.NO_ADDRESS, "the name " + host + " has no address", unknown);
    }
    long end = System.nanoTime() + limit.toNanos();
    NoContact last = new NoContact(Trouble.NO_ADDRESS, "the name " + host + " has no address");
    for (int i = 0; i < addresses.length; i++) {
      long millis = (end - System.nanoTime()) / 1_000_000 / (addresses.length - i);
      Socket socket = new PromptSocket(reading);
      try {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.connect(new InetSocketAddress(addresses[i], port), (int) Math.max(1, millis));
        return socket;
      } catch (IOException unable) {
        close(socket);
        last = failure(port, words, limit, unable);
      }
    }
    throw last;
  }

  private static NoContact failure(int port, String words, Duration limit, IOException unable) {
    if (unable instanceof ConnectException) {
      return new NoContact(
          Trouble.REFUSED, words + " is up, and nothing listens at port " + port, unable);
    }
    return new NoContact(
        Trouble.UNREACHABLE,
        unable instanceof SocketTimeoutException
            ? words + " does not answer within " + time(limit)
            : words + " can't be reached: " + unable.getMessage(),
        unable);
  }

  /** A time: {@code 2 s}, {@code 700 ms}. */
  public static String time(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException ended) {
      // It was never connected.
    }
  }
}

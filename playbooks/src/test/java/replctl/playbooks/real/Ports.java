package replctl.playbooks.real;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for the tests' servers: below those that the kernel gives to clients (32768 and up), one of
 * which could else get it before the server does.
 */
public final class Ports {
  private static final int FIRST = 20_000;
  private static final int MANY = 10_000;

  /** Each process of tests begins elsewhere, and none tries one twice. */
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 101 % MANY));

  private Ports() {}

  /** One that was free a moment ago. */
  public static int free() {
    for (int tried = 0; tried < MANY; tried++) {
      int port = FIRST + NEXT.getAndIncrement() % MANY;
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // The next one, then.
      }
    }
    throw new AssertionError("no port from " + FIRST + " on is free");
  }
}

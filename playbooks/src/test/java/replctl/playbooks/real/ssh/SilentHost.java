package replctl.playbooks.real.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import replctl.playbooks.real.shell.Threads;

/** A host that takes connections, and then says nothing, or no more than who it is, or hangs up. */
final class SilentHost implements AutoCloseable {
  private final ServerSocket listener;
  private final List<Socket> taken = new CopyOnWriteArrayList<>();
  private final List<Long> dialled = new CopyOnWriteArrayList<>();

  /**
   * @param greeting all that it ever says
   */
  SilentHost(String greeting, Threads threads) throws IOException {
    this(greeting, false, threads);
  }

  private SilentHost(String greeting, boolean hangsUp, Threads threads) throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(() -> take(greeting.getBytes(StandardCharsets.US_ASCII), hangsUp));
  }

  /** One that ends each connection at once. */
  static SilentHost hangingUp(Threads threads) throws IOException {
    return new SilentHost("", true, threads);
  }

  private void take(byte[] greeting, boolean hangsUp) {
    try {
      while (true) {
        Socket socket = listener.accept();
        dialled.add(System.nanoTime());
        // Kept: a socket that nobody knows is closed.
        taken.add(socket);
        socket.getOutputStream().write(greeting);
        if (hangsUp) {
          socket.close();
        }
      }
    } catch (IOException closed) {
      // With the test.
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /** When it was connected to, each time. */
  List<Long> dialled() {
    return List.copyOf(dialled);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : taken) {
      socket.close();
    }
  }
}

package replctl.playbooks.real.shell;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Gives a library sockets that replctl has connected itself, so that it is known here why one could
 * not be. Connecting by an address is not offered.
 */
public abstract class ReadySocketFactory extends SocketFactory {
  /** A socket that is connected already. */
  @Override
  public abstract Socket createSocket() throws IOException;

  @Override
  public final Socket createSocket(String host, int port) throws IOException {
    throw new SocketException("not offered");
  }

  @Override
  public final Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw new SocketException("not offered");
  }

  @Override
  public final Socket createSocket(InetAddress host, int port) throws IOException {
    throw new SocketException("not offered");
  }

  @Override
  public final Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw new SocketException("not offered");
  }
}

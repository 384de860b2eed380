package replctl.playbooks.real.shell;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.function.UnaryOperator;
import jdk.net.ExtendedSocketOptions;

/**
 * A socket that acknowledges at once what it has read, where the system can (Linux). A server
 * without TCP_NODELAY holds back its second small packet until the first is acknowledged, which
 * takes 40 ms otherwise: sshd is such a server until the first command of a connection.
 */
final class PromptSocket extends Socket {
  private final UnaryOperator<InputStream> reading;
  private boolean prompt = true;

  /**
   * @param reading what its reader gets of the stream that it is given
   */
  PromptSocket(UnaryOperator<InputStream> reading) {
    this.reading = reading;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return reading.apply(new Acknowledging(super.getInputStream()));
  }

  /** The kernel forgets the option whenever something is sent. */
  private void acknowledge() throws SocketException {
    if (prompt) {
      try {
        setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
      } catch (SocketException closed) {
        throw closed;
      } catch (IOException | UnsupportedOperationException elsewhere) {
        prompt = false;
      }
    }
  }

  private final class Acknowledging extends FilterInputStream {
    private Acknowledging(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      acknowledge();
      return super.read();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      acknowledge();
      return super.read(into, from, length);
    }
  }
}

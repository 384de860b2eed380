package replctl.playbooks.real.sql;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import replctl.playbooks.real.shell.Stream;

/** A stream that looks like a socket: connected from the start, and its reads can time out. */
final class TunnelSocket extends Socket {
  private final Stream stream;
  private final TimedInput input;
  private volatile boolean closed;

  TunnelSocket(Stream stream) {
    this.stream = stream;
    this.input = new TimedInput(stream.in());
  }

  @Override
  public void connect(SocketAddress address, int timeout) {}

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public InputStream getInputStream() {
    return input;
  }

  @Override
  public OutputStream getOutputStream() {
    return stream.out();
  }

  @Override
  public synchronized void setSoTimeout(int millis) {
    input.limit(millis);
  }

  @Override
  public synchronized int getSoTimeout() {
    return input.limit();
  }

  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public boolean getTcpNoDelay() {
    return true;
  }

  @Override
  public void setKeepAlive(boolean on) {}

  @Override
  public boolean getKeepAlive() {
    return true;
  }

  @Override
  public synchronized void setReceiveBufferSize(int size) {}

  @Override
  public synchronized int getReceiveBufferSize() {
    return TimedInput.BUFFER;
  }

  @Override
  public synchronized void setSendBufferSize(int size) {}

  @Override
  public synchronized int getSendBufferSize() {
    return TimedInput.BUFFER;
  }

  @Override
  public synchronized void close() {
    closed = true;
    stream.close();
    input.close();
  }
}

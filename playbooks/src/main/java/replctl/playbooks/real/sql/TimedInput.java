package replctl.playbooks.real.sql;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/**
 * A stream whose reads time out, made of one whose reads don't: a thread of its own reads ahead.
 */
final class TimedInput extends InputStream {
  static final int BUFFER = 64 << 10;

  private final InputStream source;
  private final byte[] ring = new byte[BUFFER];
  private long written;
  private long taken;
  private int limitMillis;
  private boolean ended;
  private IOException failure;

  TimedInput(InputStream source) {
    this.source = source;
    Thread reader = new Thread(this::readAhead, "replctl-tunnel");
    reader.setDaemon(true);
    reader.start();
  }

  synchronized void limit(int millis) {
    limitMillis = millis;
  }

  synchronized int limit() {
    return limitMillis;
  }

  private void readAhead() {
    byte[] part = new byte[8 << 10];
    IOException broken = null;
    try {
      for (int count = source.read(part); count >= 0; count = source.read(part)) {
        if (!put(part, count)) {
          return;
        }
      }
    } catch (IOException cut) {
      broken = cut;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    end(broken);
  }

  private synchronized boolean put(byte[] part, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      while (written - taken == BUFFER && !ended) {
        wait();
      }
      if (ended) {
        return false;
      }
      ring[(int) (written++ % BUFFER)] = part[i];
    }
    notifyAll();
    return true;
  }

  private synchronized void end(IOException broken) {
    ended = true;
    failure = broken;
    notifyAll();
  }

  @Override
  public synchronized int available() {
    return (int) (written - taken);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    await();
    if (written == taken) {
      if (failure != null) {
        throw failure;
      }
      return -1;
    }
    int count = (int) Math.min(length, written - taken);
    for (int i = 0; i < count; i++) {
      into[from + i] = ring[(int) (taken++ % BUFFER)];
    }
    notifyAll();
    return count;
  }

  private void await() throws IOException {
    long end = System.nanoTime() + limitMillis * 1_000_000L;
    try {
      while (written == taken && !ended) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (limitMillis > 0 && left <= 0) {
          throw new SocketTimeoutException("nothing came in " + limitMillis + " ms");
        }
        wait(limitMillis > 0 ? left : 0);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("it was not waited for", stop);
    }
  }

  @Override
  public void close() {
    end(null);
  }
}

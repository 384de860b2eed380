package replctl.playbooks.real.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * What a host says during its login: handed on only when it is the login's turn, which then lasts
 * until more is wanted of the host than is there.
 */
final class InTurn extends FilterInputStream {
  private final Turns.Turn turn;
  private final Runnable begun;
  private boolean first = true;

  /**
   * @param begun is run when the host has spoken and it is the login's turn for the first time
   */
  InTurn(InputStream in, Turns.Turn turn, Runnable begun) {
    super(in);
    this.turn = turn;
    this.begun = begun;
  }

  @Override
  public int read() throws IOException {
    give();
    int one = super.read();
    take();
    return one;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    give();
    int count = super.read(into, from, length);
    take();
    return count;
  }

  private void give() throws IOException {
    if (turn.isHeld() && in.available() == 0) {
      turn.give();
    }
  }

  private void take() throws InterruptedIOException {
    try {
      turn.take();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("it was not waited for");
    }
    if (first) {
      first = false;
      begun.run();
    }
  }
}

package replctl.it.storm;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import replctl.it.probe.Attempt;
import replctl.it.probe.Attempt.Outcome;
import replctl.it.probe.Client;
import replctl.it.probe.Client.Trouble;

/**
 * A client on a node's own socket that tries to commit one numbered row after the other, whatever
 * the network does and whoever leads; and, whenever that was acknowledged, reads there what was
 * acknowledged last anywhere.
 */
final class Writer implements Runnable, AutoCloseable {
  /** Between two attempts: after one that was acknowledged, refused, and where nobody answers. */
  private static final long WRITING = 10_000_000;

  private static final long CLOSED = 20_000_000;
  private static final long SILENT = 200_000_000;

  private final String node;
  private final Client.Door door;
  private final AtomicLong numbers;
  private final Ledger ledger;
  private final Thread thread = new Thread(this, "writer");
  private volatile boolean ended;
  private volatile boolean paused;

  /**
   * One that has not begun.
   *
   * @param numbers of the rows: no two writers take the same
   */
  Writer(String node, Client.Door door, AtomicLong numbers, Ledger ledger) {
    this.node = node;
    this.door = door;
    this.numbers = numbers;
    this.ledger = ledger;
    thread.setDaemon(true);
  }

  Writer start() {
    thread.start();
    return this;
  }

  /** From its next attempt on it makes none, or makes them again. */
  void pause(boolean on) {
    paused = on;
  }

  @Override
  public void run() {
    while (!ended) {
      try (Client client = door.open()) {
        write(client);
      } catch (Trouble gone) {
        LockSupport.parkNanos(SILENT);
      }
    }
  }

  private void write(Client client) throws Trouble {
    while (!ended) {
      if (paused) {
        LockSupport.parkNanos(CLOSED);
        continue;
      }
      long before = ledger.newest();
      long id = numbers.incrementAndGet();
      long invoked = System.nanoTime();
      try {
        client.insert(id);
        ledger.add(new Attempt(id, node, invoked, System.nanoTime(), Outcome.OK));
      } catch (Trouble no) {
        ledger.add(
            new Attempt(
                id,
                node,
                invoked,
                System.nanoTime(),
                no.isReadOnly() ? Outcome.FAIL : Outcome.UNKNOWN));
        if (!no.isReadOnly()) {
          throw no;
        }
        LockSupport.parkNanos(CLOSED);
        continue;
      }
      if (before != 0 && !client.has(before)) {
        ledger.unseen(node, before);
      }
      LockSupport.parkNanos(WRITING);
    }
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join(10_000);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package replctl.it.probe;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import replctl.it.probe.Client.Trouble;

/**
 * A node as the probe sits before it: one session that asks whether it is writable, and one kept
 * warm to write. A thread of its own opens them again whenever they break.
 */
final class Seat implements Runnable {
  /** Between two questions while somebody leads, and while nobody does. */
  private static final long CALM = 50_000_000;

  private static final long HUNTING = 4_000_000;

  private final String name;
  private final Client.Door door;
  private final BooleanSupplier hunting;
  private final Windows windows = new Windows();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean writable;
  private volatile Client writer;

  /**
   * @param hunting whether the probe has nobody to write to
   */
  Seat(String name, Client.Door door, BooleanSupplier hunting) {
    this.name = name;
    this.door = door;
    this.hunting = hunting;
  }

  String name() {
    return name;
  }

  Windows windows() {
    return windows;
  }

  boolean isWritable() {
    return writable && writer != null;
  }

  Client open() throws Trouble {
    return door.open();
  }

  /** Commits one row; an exception tells why that is not sure. */
  void write(long id) throws Trouble {
    Client to = writer;
    if (to == null) {
      throw new Trouble(false, "no connection", null);
    }
    to.insert(id);
  }

  /** The last write showed that it takes none. */
  void refused() {
    writable = false;
  }

  /** The last write broke its connection. */
  void broke() {
    writable = false;
    Client old = writer;
    writer = null;
    close(old);
  }

  void end() {
    ended.set(true);
  }

  @Override
  public void run() {
    while (!ended.get()) {
      try (Client asks = door.open()) {
        ask(asks);
      } catch (Trouble gone) {
        writable = false;
        windows.close();
        pause();
      }
    }
    close(writer);
  }

  private void ask(Client asks) throws Trouble {
    while (!ended.get()) {
      if (writer == null) {
        writer = door.open();
      }
      long sent = System.nanoTime();
      boolean yes = asks.isWritable();
      windows.add(sent, System.nanoTime(), yes);
      writable = yes;
      pause();
    }
  }

  private void pause() {
    LockSupport.parkNanos(hunting.getAsBoolean() ? HUNTING : CALM);
  }

  private static void close(Client old) {
    if (old != null) {
      old.close();
    }
  }
}

package replctl.playbooks.real.shell;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that are made when needed, used again, and never keep the process alive. Everything that
 * may block on a host is done on one of them.
 */
public final class Threads implements Executor, AutoCloseable {
  private final ExecutorService pool;

  /** With none yet. */
  public Threads() {
    AtomicInteger count = new AtomicInteger();
    pool =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "replctl-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void execute(Runnable work) {
    pool.execute(work);
  }

  /** Starts work that can be interrupted. */
  public Future<?> submit(Runnable work) {
    return pool.submit(work);
  }

  /** Interrupts what still runs; waits for nothing. */
  @Override
  public void close() {
    pool.shutdownNow();
  }
}

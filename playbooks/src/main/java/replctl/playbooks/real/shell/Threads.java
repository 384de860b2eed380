package replctl.playbooks.real.shell;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that are made when needed and used again. Everything that may block on a host is done on
 * one of them. They never keep the process alive, and end by themselves when they have been idle:
 * what they wait for ends with its connection.
 */
public final class Threads implements Executor {
  private static final long IDLE_SECONDS = 5;

  private final ExecutorService pool;

  /** With none yet. */
  public Threads() {
    AtomicInteger count = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
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
}

package replctl.playbooks.real.ssh;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import replctl.playbooks.real.shell.Threads;

/** Waits for work of the library's, which has time-outs of its own or none. */
final class Wait {
  private Wait() {}

  /**
   * Does the work on another thread and waits for it so long and no longer.
   *
   * @param late is given what the work makes too late
   */
  static <T> T most(long nanos, Threads threads, Callable<T> work, Consumer<T> late)
      throws ExecutionException, TimeoutException, InterruptedException {
    CompletableFuture<T> result = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            T made = work.call();
            if (!result.complete(made)) {
              late.accept(made);
            }
          } catch (Exception thrown) {
            result.completeExceptionally(thrown);
          }
        });
    try {
      return result.get(nanos, TimeUnit.NANOSECONDS);
    } finally {
      // Whatever comes later is late; also for one who was interrupted.
      result.cancel(false);
    }
  }
}

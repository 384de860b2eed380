package replctl.playbooks.real.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;

/**
 * The next script's shell on a host, started while the script before it runs: a channel, sudo and
 * bash are most of what a short script takes. One for each account, and only where a script was
 * performed there: a mere look is mostly the only one. It is asked for a word before it gets a
 * script: what is sent to one that is gone would have an unknown outcome.
 */
final class SpareShells {
  private static final Duration STARTING = Duration.ofSeconds(10);

  /** Its host may have died or frozen since; the usual way then finds that out. */
  private static final Duration ANSWERING = Duration.ofSeconds(1);

  private static final String WORD = "replctl-spare";

  /** Bytes of a banner or a profile's words before that one. */
  private static final int MOST_NOISE = 1 << 16;

  private final Map<Account, CompletableFuture<Running>> spare = new ConcurrentHashMap<>();
  private final Threads threads;
  private final Clock clock;

  SpareShells(Threads threads, Clock clock) {
    this.threads = threads;
    this.clock = clock;
  }

  /** One that answers; empty: there is none, and a new one must be started. */
  Optional<Running> take(Account account, Deadline by) {
    CompletableFuture<Running> begun = spare.remove(account);
    if (begun == null) {
      return Optional.empty();
    }
    CompletableFuture<Boolean> answer = begun.thenApplyAsync(SpareShells::answers, threads);
    try {
      Duration left = clock.left(clock.in(ANSWERING).orEarlier(by));
      if (answer.get(left.toNanos(), TimeUnit.NANOSECONDS)) {
        return Optional.of(begun.join());
      }
    } catch (TimeoutException | ExecutionException silent) {
      // The usual way finds out why.
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    threads.execute(() -> close(begun));
    return Optional.empty();
  }

  /** Also one whose start ends only later. */
  private static void close(CompletableFuture<Running> begun) {
    try {
      begun.join().close();
    } catch (CompletionException neverStarted) {
      // There is nothing to close.
    }
  }

  /** Starts one, beside what goes on; says nothing where that fails. */
  void prepare(Account account) {
    CompletableFuture<Running> begun = new CompletableFuture<>();
    if (spare.putIfAbsent(account, begun) == null) {
      threads.execute(() -> start(account, begun));
    }
  }

  private void start(Account account, CompletableFuture<Running> begun) {
    try {
      begun.complete(account.shell().start(account.bash(), clock.in(STARTING)));
    } catch (NoContact | RuntimeException unable) {
      begun.completeExceptionally(unable);
    }
  }

  private static boolean answers(Running shell) {
    try {
      shell.input().write(("echo " + WORD + "\n").getBytes(StandardCharsets.US_ASCII));
      shell.input().flush();
      InputStream said = shell.output();
      StringBuilder line = new StringBuilder();
      for (int read = 0; read < MOST_NOISE; read++) {
        int c = said.read();
        if (c < 0) {
          return false;
        }
        if (c != '\n') {
          line.append((char) c);
        } else if (line.toString().equals(WORD)) {
          return true;
        } else {
          line.setLength(0);
        }
      }
      return false;
    } catch (IOException gone) {
      return false;
    }
  }
}

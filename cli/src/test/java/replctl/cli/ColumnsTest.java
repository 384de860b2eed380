package replctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  private static final long LONG = TimeUnit.MINUTES.toNanos(5);

  private final Columns columns = new Columns(120);

  private CompletableFuture<Boolean> waiter(int than) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return columns.becomesOther(than, LONG);
          } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
          }
        });
  }

  @Test
  void whoeverWaitsHearsOfAnotherWidthAtOnce() throws Exception {
    CompletableFuture<Boolean> waiter = waiter(120);
    columns.set(120);
    columns.set(80);

    assertThat(waiter.get(60, TimeUnit.SECONDS)).isTrue();
    assertThat(columns.now()).isEqualTo(80);
  }

  @Test
  void whatChangedBeforeTheWaitIsNotMissed() throws Exception {
    columns.set(80);

    assertThat(columns.becomesOther(120, LONG)).isTrue();
    assertThat(columns.becomesOther(120, -1)).isTrue();
  }

  @Test
  void theSameWidthIsWaitedOut() throws Exception {
    assertThat(columns.becomesOther(120, 1_000_000)).isFalse();
  }
}

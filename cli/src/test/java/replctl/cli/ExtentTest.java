package replctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.cli.Extent.Size;

class ExtentTest {
  private static final long LONG = TimeUnit.MINUTES.toNanos(5);
  private static final Size FIRST = new Size(120, 40);

  private final Extent extent = new Extent(FIRST);

  private CompletableFuture<Boolean> waiter() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return extent.becomesOther(FIRST, LONG);
          } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"80, 40", "120, 24"})
  void whoeverWaitsHearsOfAnotherSizeAtOnce(int columns, int rows) throws Exception {
    CompletableFuture<Boolean> waiter = waiter();
    extent.set(new Size(120, 40));
    extent.set(new Size(columns, rows));

    assertThat(waiter.get(60, TimeUnit.SECONDS)).isTrue();
    assertThat(extent.now()).isEqualTo(new Size(columns, rows));
  }

  @Test
  void whatChangedBeforeTheWaitIsNotMissed() throws Exception {
    extent.set(new Size(80, 40));

    assertThat(extent.becomesOther(FIRST, LONG)).isTrue();
    assertThat(extent.becomesOther(FIRST, -1)).isTrue();
  }

  @Test
  void theSameSizeIsWaitedOut() throws Exception {
    assertThat(extent.becomesOther(FIRST, 1_000_000)).isFalse();
  }
}

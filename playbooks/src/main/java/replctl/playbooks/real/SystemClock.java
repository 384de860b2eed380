package replctl.playbooks.real;

import java.time.Instant;
import replctl.playbooks.world.Clock;

/** This machine's time. */
public final class SystemClock implements Clock {
  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }
}

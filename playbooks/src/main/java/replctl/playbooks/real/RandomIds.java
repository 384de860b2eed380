package replctl.playbooks.real;

import java.security.SecureRandom;
import java.time.Instant;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Ids;

/** Names made of the time and of chance: 45 bits of milliseconds, then 20 random bits. */
public final class RandomIds implements Ids {
  /** Crockford's: no letter that is read as a digit, and in the order of their codes. */
  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

  private final Clock clock;
  private final SecureRandom random;

  public RandomIds(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public String operation() {
    return "op-" + digits(clock.now().toEpochMilli(), 9) + digits(random.nextLong(), 4);
  }

  @Override
  public String before(Instant at) {
    return "op-" + digits(at.toEpochMilli(), 9);
  }

  private static String digits(long number, int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = count - 1; i >= 0; i--) {
      text.append(DIGITS.charAt((int) (number >>> (5 * i)) & 31));
    }
    return text.toString();
  }
}

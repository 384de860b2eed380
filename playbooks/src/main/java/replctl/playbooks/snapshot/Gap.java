package replctl.playbooks.snapshot;

import java.util.OptionalLong;
import replctl.inventory.Size;

/**
 * How much lies between two places, in what the engine can count: PostgreSQL counts bytes of its
 * log, MySQL transactions.
 *
 * @param bytes never negative
 * @param transactions never negative
 */
public record Gap(OptionalLong bytes, OptionalLong transactions) implements Comparable<Gap> {
  /** Nothing at all. */
  public static final Gap NONE = new Gap(OptionalLong.of(0), OptionalLong.of(0));

  /** It can't be counted. */
  public static final Gap UNKNOWN = new Gap(OptionalLong.empty(), OptionalLong.empty());

  /** Any gap is within this limit. */
  public static final long ANY = Long.MAX_VALUE;

  /** Of so many bytes; less than none is none. */
  public static Gap ofBytes(long bytes) {
    return new Gap(OptionalLong.of(Math.max(0, bytes)), OptionalLong.empty());
  }

  /** Of so many transactions. None of them is no byte either. */
  public static Gap ofTransactions(long transactions) {
    return transactions <= 0 ? NONE : new Gap(OptionalLong.empty(), OptionalLong.of(transactions));
  }

  /** Whether anything of it is known. */
  public boolean isKnown() {
    return bytes.isPresent() || transactions.isPresent();
  }

  /**
   * Whether it is certain to be no more than that.
   *
   * @param most bytes; {@link #ANY}: there is no limit
   */
  public boolean within(long most) {
    return most == ANY || bytes.orElse(ANY) <= most || transactions.orElse(ANY) == 0;
  }

  /** {@code 1.5 MiB}, {@code 3 transactions}; empty where it is not known. */
  public String words() {
    if (bytes.isPresent()) {
      return new Size(bytes.getAsLong()).toString();
    }
    return transactions.isPresent()
        ? transactions.getAsLong()
            + (transactions.getAsLong() == 1 ? " transaction" : " transactions")
        : "";
  }

  /** The smaller first; what is counted in bytes before what is not, and unknown last. */
  @Override
  public int compareTo(Gap other) {
    int byBytes = Long.compare(bytes.orElse(ANY), other.bytes.orElse(ANY));
    return byBytes != 0
        ? byBytes
        : Long.compare(transactions.orElse(ANY), other.transactions.orElse(ANY));
  }
}

package replctl.playbooks.snapshot;

import java.util.OptionalLong;

/** A place in the log of changes. Only the engine knows what is inside. */
public interface Position {
  /** How this place lies to that one. */
  Order compare(Position other);

  /** Bytes from that place to this one; negative when this is before; empty when not countable. */
  OptionalLong bytesPast(Position other);

  /** How much of what this place has that one lacks. */
  default Gap past(Position other) {
    OptionalLong bytes = bytesPast(other);
    return bytes.isPresent() ? Gap.ofBytes(bytes.getAsLong()) : Gap.UNKNOWN;
  }

  /**
   * The same without what is certain to be no part of the cluster's history, since it was written
   * on a follower while another led; this very place where there is nothing like that.
   */
  default Position shared() {
    return this;
  }

  /** Whether there is something like that. */
  default boolean strays() {
    return !shared().equals(this);
  }

  /** As the engine's own tools write it. */
  String text();

  /** The same where there is little room: what stands out of it. */
  default String brief() {
    return text();
  }

  /** How two places lie to each other. */
  enum Order {
    BEFORE,
    EQUAL,
    AFTER,
    /** Each has what the other lacks, or they belong to histories that parted. */
    DIVERGED
  }
}

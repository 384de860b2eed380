package replctl.playbooks.snapshot;

import java.util.OptionalLong;

/** A place in the log of changes. Only the engine knows what is inside. */
public interface Position {
  /** How this place lies to that one. */
  Order compare(Position other);

  /** Bytes from that place to this one; negative when this is before; empty when not countable. */
  OptionalLong bytesPast(Position other);

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

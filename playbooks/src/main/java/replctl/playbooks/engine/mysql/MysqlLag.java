package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import replctl.playbooks.snapshot.Age;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.Lag.Cause;

/**
 * How far behind a follower is, and why. Zero only where it has applied all that the leader had and
 * has heard from it lately: Seconds_Behind_Source says 0 of a frozen link too (seen on 9.7.4).
 * Bytes are known where nothing is missing, and else where MySQL counts them.
 */
final class MysqlLag {
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final MysqlNode follower;
  private final MysqlChannel channel;
  private final Optional<MysqlNode> leader;
  private final boolean streams;

  private MysqlLag(MysqlNode follower, MysqlChannel channel, MysqlNeighbours all) {
    this.follower = follower;
    this.channel = channel;
    leader = all.root(follower).filter(MysqlNode::answered);
    streams = all.streams(follower).orElse(false);
  }

  /** The lag of a follower; unknown for what does not answer. */
  static Lag of(MysqlNode follower, MysqlNeighbours all) {
    Optional<MysqlChannel> channel = follower.channel();
    return follower.answered() && channel.isPresent()
        ? new MysqlLag(follower, channel.get(), all).lag()
        : Lag.UNKNOWN;
  }

  private Lag lag() {
    Optional<GtidSet> written = leader.flatMap(MysqlNode::executed);
    Optional<GtidSet> missing = written.flatMap(w -> follower.executed().map(w::without));
    Optional<GtidSet> underway = written.flatMap(w -> follower.held().map(w::without));
    OptionalLong received = bytes(underway, OptionalLong.empty());
    OptionalLong bytes =
        bytes(missing, received.isPresent() ? channel.pendingBytes() : OptionalLong.empty());
    Optional<Duration> time = time(missing);
    return why(bytes, received, time, missing.map(GtidSet::count).orElse(0L));
  }

  private static OptionalLong bytes(Optional<GtidSet> lacking, OptionalLong counted) {
    return lacking.filter(GtidSet::isEmpty).isPresent() ? OptionalLong.of(0) : counted;
  }

  private Optional<Duration> time(Optional<GtidSet> missing) {
    if (!streams || missing.isEmpty() || !channel.fresh()) {
      return Optional.empty();
    }
    if (missing.get().isEmpty()) {
      return Optional.of(Duration.ZERO);
    }
    Optional<GtidSet> pending = follower.held().flatMap(h -> follower.executed().map(h::without));
    if (pending.filter(p -> !p.isEmpty()).isPresent()) {
      return channel.applies()
          ? byOneClock(channel.applying()).or(() -> betweenHands(pending.get()))
          : Optional.empty();
    }
    // The leader was asked a moment later, or a transaction is on its way: the log comes in order,
    // and when the channel was heard of last, nothing before was left out.
    return byOneClock(channel.receiving().or(() -> shorter(channel.applied(), channel.silence())));
  }

  /**
   * What was received and nobody works at is between two appliers' hands. It is not older than what
   * was applied before it; and one alone is what came in last, a moment after it was committed.
   */
  private Optional<Duration> betweenHands(GtidSet pending) {
    boolean last = pending.count() == 1 && channel.receiving().isEmpty();
    return byOneClock(channel.applied().filter(a -> a.compareTo(SHORT) < 0))
        .or(() -> last ? channel.queued() : Optional.empty());
  }

  private static Optional<Duration> shorter(Optional<Duration> one, Optional<Duration> other) {
    return Stream.of(one, other).flatMap(Optional::stream).min(Comparator.naturalOrder());
  }

  /**
   * The transaction's time is the leader's, and now is the follower's: what lies between is taken
   * out.
   */
  private Optional<Duration> byOneClock(Optional<Duration> age) {
    Optional<Duration> here = follower.told().clockAhead();
    Optional<Duration> there = leader.flatMap(l -> l.told().clockAhead());
    Duration ahead =
        here.isPresent() && there.isPresent() ? here.get().minus(there.get()) : Duration.ZERO;
    return age.map(a -> a.minus(ahead)).map(a -> a.isNegative() ? Duration.ZERO : a);
  }

  private Lag why(
      OptionalLong bytes, OptionalLong received, Optional<Duration> time, long transactions) {
    if (!streams) {
      return new Lag(bytes, received, time, Cause.NOT_STREAMING, Optional.of(notStreaming()));
    }
    if (!channel.applies()) {
      String stopped =
          channel.applierError().isPresent()
              ? "its applier stopped at error " + channel.applierError().getAsLong()
              : "its applier was stopped";
      Cause cause = channel.applierError().isPresent() ? Cause.APPLY : Cause.PAUSED;
      return new Lag(bytes, received, time, cause, Optional.of(stopped));
    }
    if (!channel.fresh()) {
      String since =
          channel
              .silence()
              .map(s -> "nothing was heard on its channel for " + Age.words(s.toMillis()))
              .orElse("nothing was heard on its channel yet");
      return new Lag(bytes, received, time, Cause.LINK, Optional.of(since));
    }
    if (channel.blocker().isPresent()) {
      String held = "its applier waits for a lock of " + channel.blocker().get();
      return new Lag(bytes, received, time, Cause.QUERY, Optional.of(held));
    }
    if (!channel.delay().isZero()) {
      return new Lag(
          bytes,
          received,
          time,
          Cause.DELAY,
          Optional.of(
              "its applier waits with each transaction, " + Age.words(channel.delay().toMillis())));
    }
    if (time.isEmpty()) {
      return new Lag(bytes, received, time, Cause.UNKNOWN, Optional.empty());
    }
    if (time.get().compareTo(SHORT) < 0) {
      return new Lag(bytes, received, time, Cause.NONE, Optional.empty());
    }
    String many = transactions + (transactions == 1 ? " transaction" : " transactions");
    return received.isPresent()
        ? new Lag(
            bytes,
            received,
            time,
            Cause.APPLY,
            Optional.of(
                many
                    + " received and not applied yet: its processor or disk is slow, or a transaction"
                    + " is large"))
        : new Lag(
            bytes,
            received,
            time,
            Cause.LINK,
            Optional.of(many + " not applied, and not all of them received yet"));
  }

  private String notStreaming() {
    String from = channel.host().map(h -> " from " + h).orElse("");
    if (channel.receives()) {
      return "it waits" + from + " on a connection that the other side does not know";
    }
    String why =
        channel.error().isPresent()
            ? ": error "
                + channel.error().getAsLong()
                + channel.errorText().map(t -> ", " + t).orElse("")
            : channel.connecting() ? ": it tries to connect" : ": its receiver was stopped";
    return "it does not stream" + from + why;
  }
}

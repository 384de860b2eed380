package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.Size;
import replctl.playbooks.engine.postgresql.Surveyed.Sender;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.Lag.Cause;

/**
 * How far behind a follower is, and why. Bytes against the leader's position of the same look;
 * seconds as the sender measured them, and zero only where all is applied that the leader had and
 * the connection is alive.
 */
final class PostgresqlLag {
  /** Less than this much of both is what is just on its way: no cause is named. */
  private static final long FEW_BYTES = 1 << 20;

  private static final Duration SHORT = Duration.ofSeconds(1);

  /** PostgreSQL's own default of wal_receiver_timeout. */
  private static final long RECEIVER_TIMEOUT_MS = 60_000;

  private PostgresqlLag() {}

  /** The lag of a follower; unknown for what does not answer. */
  static Lag of(Surveyed follower, Neighbours all) {
    if (!follower.answered()) {
      return Lag.UNKNOWN;
    }
    boolean streams = all.streams(follower).orElse(false);
    Optional<Sender> row = streams ? all.row(follower) : Optional.empty();
    Optional<PostgresqlPosition> end = all.root(follower).flatMap(Surveyed::position);
    OptionalLong bytes = behind(end, follower.applied(), row.flatMap(Sender::replayed));
    OptionalLong received = behind(end, follower.position(), row.flatMap(Sender::flushed));
    Optional<Duration> time = time(follower, all, row, bytes, streams);
    return why(follower, all, bytes, received, time, streams);
  }

  /**
   * Bytes from what a follower has to the leader's end. The sender's word of it counts where it is
   * newer than the follower's own, which was asked at another moment of the same look.
   */
  private static OptionalLong behind(
      Optional<PostgresqlPosition> end, Optional<PostgresqlPosition> has, Optional<Lsn> told) {
    if (end.isEmpty() || has.isEmpty()) {
      return OptionalLong.empty();
    }
    PostgresqlPosition at =
        told.filter(t -> t.compareTo(has.get().lsn()) > 0).map(has.get()::at).orElse(has.get());
    OptionalLong bytes = end.get().bytesPast(at);
    return bytes.isPresent() ? OptionalLong.of(Math.max(0, bytes.getAsLong())) : bytes;
  }

  private static Optional<Duration> time(
      Surveyed follower,
      Neighbours all,
      Optional<Sender> row,
      OptionalLong bytes,
      boolean streams) {
    if (!streams) {
      return Optional.empty();
    }
    if (bytes.isPresent() && bytes.getAsLong() == 0) {
      return fresh(follower) ? Optional.of(Duration.ZERO) : Optional.empty();
    }
    Optional<Duration> hop = row.filter(Sender::streaming).flatMap(Sender::lag);
    Optional<Surveyed> upstream = all.upstream(follower);
    if (bytes.isEmpty() || hop.isEmpty() || upstream.isEmpty()) {
      return Optional.empty();
    }
    if (upstream.equals(all.root(follower))) {
      return hop;
    }
    // Behind a follower: what that one is late by comes on top.
    return all.row(upstream.get()).flatMap(Sender::flushLag).map(hop.get()::plus);
  }

  /** Whether the receiver heard from its sender within the time after which it would give up. */
  private static boolean fresh(Surveyed follower) {
    long limit =
        follower.settingNumber("wal_receiver_timeout").stream()
            .filter(ms -> ms > 0)
            .findFirst()
            .orElse(RECEIVER_TIMEOUT_MS);
    return follower
        .age("receiver.message_age")
        .filter(age -> age.compareTo(Duration.ofMillis(limit)) <= 0)
        .isPresent();
  }

  private static Lag why(
      Surveyed follower,
      Neighbours all,
      OptionalLong bytes,
      OptionalLong received,
      Optional<Duration> time,
      boolean streams) {
    if (!streams) {
      return lag(bytes, received, time, Cause.NOT_STREAMING, notStreaming(follower, all));
    }
    if (follower.facts().truth("replay.paused").orElse(false)) {
      return lag(bytes, received, time, Cause.PAUSED, "replay is paused");
    }
    Optional<String> query = query(follower);
    if (query.isPresent()) {
      return lag(bytes, received, time, Cause.QUERY, query.get());
    }
    long delay = follower.settingNumber("recovery_min_apply_delay").orElse(0);
    if (delay > 0) {
      return lag(
          bytes,
          received,
          time,
          Cause.DELAY,
          "replay is held back by recovery_min_apply_delay, " + seconds(Duration.ofMillis(delay)));
    }
    if (bytes.isEmpty()) {
      return new Lag(bytes, received, time, Cause.UNKNOWN, Optional.empty());
    }
    boolean late = time.filter(t -> t.compareTo(SHORT) >= 0).isPresent();
    if (bytes.getAsLong() < FEW_BYTES && !late) {
      return new Lag(bytes, received, time, Cause.NONE, Optional.empty());
    }
    long missing = received.orElse(0);
    if (missing > bytes.getAsLong() - missing) {
      return lag(
          bytes,
          received,
          time,
          Cause.LINK,
          new Size(missing) + " written by the leader and not received yet: the link is slow");
    }
    return lag(
        bytes,
        received,
        time,
        Cause.APPLY,
        new Size(bytes.getAsLong() - missing)
            + " received and not applied yet: its processor or disk is slow, or a transaction is"
            + " large");
  }

  /** Replay stands still for a query: PostgreSQL's wait events say so. */
  private static Optional<String> query(Surveyed follower) {
    String wait = follower.facts().text("replay.wait").orElse("");
    boolean waits =
        wait.startsWith("Lock/")
            || wait.startsWith("BufferPin/")
            || wait.contains("RecoveryConflict");
    if (!waits) {
      return Optional.empty();
    }
    OptionalLong pid = follower.facts().number("replay.blocker.pid");
    if (pid.isEmpty()) {
      return Optional.of("replay waits for a query");
    }
    String age = follower.age("replay.blocker.age").map(a -> ", " + seconds(a) + " old").orElse("");
    return Optional.of("replay waits for a query of pid " + pid.getAsLong() + age);
  }

  private static String notStreaming(Surveyed follower, Neighbours all) {
    Optional<Surveyed> upstream = all.upstream(follower);
    String from =
        upstream
            .map(u -> u.node().name().value())
            .or(() -> follower.facts().text("receiver.host"))
            .or(() -> follower.facts().text("upstream.host"))
            .map(name -> " from " + name)
            .orElse("");
    if (follower.receives()) {
      return "it waits for" + from + " on a connection that the other side does not know";
    }
    if (follower.facts().text(Surveyed.ALONE).isEmpty()
        && follower.facts().text("upstream.host").isEmpty()
        && follower.facts().text("upstream.form").isEmpty()) {
      return "it does not stream: no upstream is configured";
    }
    String status = follower.facts().text("receiver.status").map(s -> ": " + s).orElse("");
    return "it does not stream" + from + status;
  }

  private static Lag lag(
      OptionalLong bytes, OptionalLong received, Optional<Duration> time, Cause cause, String why) {
    return new Lag(bytes, received, time, cause, Optional.of(why));
  }

  /** {@code 0.4 s}, {@code 41 s}, {@code 12 min}, {@code 3 h}. */
  static String seconds(Duration time) {
    long whole = time.toSeconds();
    if (whole >= 7200) {
      return time.toHours() + " h";
    }
    if (whole >= 600) {
      return time.toMinutes() + " min";
    }
    return whole >= 10
        ? whole + " s"
        : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}

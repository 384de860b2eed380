package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.Node;
import replctl.playbooks.engine.NodeFacts;
import replctl.playbooks.snapshot.Age;

/**
 * A replication channel of a follower.
 *
 * @param row how its facts begin
 */
record MysqlChannel(NodeFacts told, String row) {
  /** Over and above two heartbeats: what a slow network or a slow look may take. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  /** Seconds: SOURCE_DELAY is below 2^31 (manual, CHANGE REPLICATION SOURCE TO). */
  private static final long MOST_DELAY = Integer.MAX_VALUE;

  private Optional<String> text(String field) {
    return told.facts().text(row + field);
  }

  private OptionalLong number(String field) {
    return told.facts().number(row + field);
  }

  /** Empty: the default channel. */
  String name() {
    return text("name").orElse("");
  }

  Optional<String> host() {
    return text("host");
  }

  OptionalLong port() {
    return number("port");
  }

  Optional<String> sourceUuid() {
    return text("source_uuid");
  }

  /** Whether its receiver is connected, by its own word. */
  boolean receives() {
    return text("state").filter("ON"::equals).isPresent();
  }

  /** Whether its receiver was told to run, and is not connected. */
  boolean connecting() {
    return text("state").filter("CONNECTING"::equals).isPresent();
  }

  /** Whether its applier was told to run and does. */
  boolean applies() {
    return text("applier").filter("ON"::equals).isPresent();
  }

  /** What it has received: whole transactions only, and since its relay log was begun. */
  Optional<String> received() {
    return text("received");
  }

  /** Whether that was longer than can be read: what it has is then not known. */
  boolean receivedIsCut() {
    return text("received_cut").isPresent();
  }

  boolean autoPosition() {
    return text("auto_position").filter("1"::equals).isPresent();
  }

  /** How long the applier is told to wait with each transaction; what no server takes is none. */
  Duration delay() {
    long seconds = number("delay").orElse(0);
    return Duration.ofSeconds(seconds >= 0 && seconds <= MOST_DELAY ? seconds : 0);
  }

  /** The number of the receiver's last error. */
  OptionalLong error() {
    return number("error");
  }

  Optional<String> errorText() {
    return text("error_text");
  }

  /** The number of the applier's last error. */
  OptionalLong applierError() {
    return number("applier_error");
  }

  Optional<String> applierErrorText() {
    return text("applier_error_text");
  }

  /** How often a lost connection is tried again; 0: without end (9.7.2 and later). */
  OptionalLong retries() {
    return number("retry_count");
  }

  Optional<Duration> heartbeatInterval() {
    return text("heartbeat_interval")
        .flatMap(
            t -> {
              try {
                return Optional.of(Duration.ofMillis((long) (Double.parseDouble(t) * 1000)));
              } catch (NumberFormatException notANumber) {
                return Optional.empty();
              }
            });
  }

  /** How long nothing was heard: neither a heartbeat, which comes only when idle, nor more. */
  Optional<Duration> silence() {
    Optional<Duration> heartbeat = told.age(row + "heartbeat_age");
    Optional<Duration> queued = queued();
    if (heartbeat.isEmpty() || queued.isEmpty()) {
      return heartbeat.or(() -> queued);
    }
    return heartbeat.get().compareTo(queued.get()) <= 0 ? heartbeat : queued;
  }

  /** Since the newest transaction came in whole. */
  Optional<Duration> queued() {
    return told.age(row + "queued_age");
  }

  /** Whether what it last heard is no older than it must be on a connection that is alive. */
  boolean fresh() {
    Optional<Duration> interval = heartbeatInterval().filter(i -> !i.isZero());
    return interval
        .flatMap(i -> silence().map(s -> s.compareTo(i.multipliedBy(2).plus(SLACK)) <= 0))
        .orElse(false);
  }

  /** Since the oldest transaction that is being applied was committed where it was made. */
  Optional<Duration> applying() {
    return told.age(row + "applying_age");
  }

  /** Since the transaction that is being received was committed where it was made. */
  Optional<Duration> receiving() {
    return told.age(row + "queueing_age");
  }

  /** Since the newest transaction that has been applied was committed where it was made. */
  Optional<Duration> applied() {
    return told.age(row + "applied_age");
  }

  /** Who holds a lock that the applier waits for, in words. */
  Optional<String> blocker() {
    OptionalLong id = number("blocker.id");
    return id.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "connection "
                + id.getAsLong()
                + text("blocker.user").map(u -> " of " + u).orElse("")
                + told.age(row + "blocker.age")
                    .map(a -> ", whose statement began " + Age.words(a.toMillis()) + " ago")
                    .orElse(""));
  }

  /** Bytes received and not applied; MySQL 9.7, where its component is installed. */
  OptionalLong pendingBytes() {
    return number("pending_bytes");
  }

  /** What it is not, that a channel of replctl's is; in half a sentence each. */
  List<String> unlike(Node source) {
    List<String> wrong = new ArrayList<>();
    if (!host().equals(Optional.of(source.host()))
        || port().orElse(0) != source.database().port()) {
      wrong.add("it calls its source " + host().orElse("?") + ":" + port().orElse(0));
    }
    if (!text("user").equals(Optional.of(MysqlAccounts.REPLICATION))) {
      wrong.add("it logs in as " + text("user").orElse("nobody"));
    }
    if (!autoPosition()) {
      wrong.add("it goes by files and positions");
    }
    if (!isYes("ssl") || !isYes("ssl_verify")) {
      wrong.add("it does not verify its source by TLS");
    }
    if (heartbeatInterval().filter(i -> i.toSeconds() == 1).isEmpty()) {
      wrong.add("it asks for a heartbeat each " + text("heartbeat_interval").orElse("?") + " s");
    }
    return wrong;
  }

  private boolean isYes(String field) {
    return text(field).filter("YES"::equals).isPresent();
  }
}

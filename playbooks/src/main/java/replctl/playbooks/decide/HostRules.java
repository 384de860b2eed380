package replctl.playbooks.decide;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.Limits;
import replctl.inventory.Size;
import replctl.playbooks.snapshot.Disk;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Facts;

/** What a host's own resources say: disks, clock, certificate. */
public final class HostRules {
  /** From here on a disk is about to stop the server. */
  public static final long NEARLY_FULL = 95;

  private static final Duration SKEW = Duration.ofSeconds(1);

  /** Days before its end from which a certificate is said to end. */
  public static final long DAYS = 30;

  /** The same, from which it is bad. */
  public static final long FEW_DAYS = 7;

  private HostRules() {}

  static List<Finding> of(Limits limits, Snapshot seen, NodeView view) {
    Facts facts = view.server().map(Server::facts).orElse(Facts.NONE);
    List<Finding> found = new ArrayList<>();
    disks(limits, facts, found);
    clock(facts, found);
    certificate(facts, seen.at(), found);
    guard(facts, seen.nodes().size(), view, found);
    return found;
  }

  private static void guard(Facts facts, int nodes, NodeView view, List<Finding> found) {
    facts
        .text(HostFact.GUARD_WAITS)
        .ifPresent(
            why ->
                found.add(
                    new Finding(
                        Level.CRITICAL,
                        "guard-waits",
                        (view.role() == Role.FOLLOWER
                                ? "its start guard does not let it receive: "
                                : "its start guard keeps its server closed: ")
                            + why,
                        "it asks again every 2 s; else: replctl "
                            + (view.role() == Role.FOLLOWER ? "rejoin " : "open ")
                            + view.name())));
    if (nodes > 1 && facts.truth(HostFact.GUARD_PLACED).equals(Optional.of(false))) {
      found.add(
          new Finding(
              Level.WARNING,
              "guard-none",
              "it has no start guard: as a leader that comes back it would be writable by itself",
              "replctl init places it"));
    }
  }

  private static void disks(Limits limits, Facts facts, List<Finding> found) {
    for (Disk disk : Disk.of(facts)) {
      if (disk.percent() >= limits.diskPercent()) {
        found.add(
            new Finding(
                disk.percent() >= NEARLY_FULL ? Level.CRITICAL : Level.WARNING,
                "disk",
                String.format(
                    "%s (%s) is %d %% full, the limit is %d %%; %s free",
                    disk.mount(),
                    disk.use(),
                    disk.percent(),
                    limits.diskPercent(),
                    new Size(disk.free())),
                "make room on " + disk.mount() + ", or let a larger disk hold it"));
      }
    }
  }

  /** A clock is off for certain where its reading lies outside of the time of the question. */
  private static void clock(Facts facts, List<Finding> found) {
    OptionalLong clock = facts.number(HostFact.CLOCK);
    OptionalLong asked = facts.number(HostFact.ASKED);
    OptionalLong answered = facts.number(HostFact.ANSWERED);
    if (clock.isEmpty() || asked.isEmpty() || answered.isEmpty()) {
      return;
    }
    long behind = asked.getAsLong() - clock.getAsLong();
    long ahead = clock.getAsLong() - answered.getAsLong();
    long off = Math.max(behind, ahead);
    if (off >= SKEW.toMillis()) {
      found.add(
          new Finding(
              Level.WARNING,
              "clock",
              "its clock is at least "
                  + LagRules.seconds(Duration.ofMillis(off))
                  + (behind > ahead ? " behind" : " ahead of")
                  + " this host's, the limit is "
                  + LagRules.seconds(SKEW),
              "see that time is synchronised there and here: timedatectl"));
    }
  }

  private static void certificate(Facts facts, Instant now, List<Finding> found) {
    Optional<Instant> end = HostFact.certificateEnd(facts);
    if (end.isEmpty()) {
      return;
    }
    Instant at = end.get();
    long days = Duration.between(now, at).toDays();
    if (days >= DAYS) {
      return;
    }
    boolean over = !at.isAfter(now);
    String day = at.atZone(ZoneOffset.UTC).toLocalDate().toString();
    found.add(
        new Finding(
            over || days < FEW_DAYS ? Level.CRITICAL : Level.WARNING,
            "certificate",
            over
                ? "its certificate ended on " + day
                : "its certificate ends on " + day + ", in " + days + " d; the limit is 30 d",
            "replctl rotate certificate renews it"));
  }
}

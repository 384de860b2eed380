package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.playbooks.engine.Site;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.world.Facts;

/** Whether the roles that followers and replctl log in with still may what they must. Pure. */
final class RoleChecks {
  private static final Duration EARLY = Duration.ofDays(30);

  private RoleChecks() {}

  /** Only of a cluster that init has set up: before that it has no such roles. */
  static void of(Site site, Surveyed leader, List<Finding> found) {
    if (site.seen().epochs().newest().isEmpty() || leader.facts().number("role.count").isEmpty()) {
      return;
    }
    for (Accounts.Account account : Accounts.of(leader.node())) {
      Optional<String> at = PostgresqlDrift.roleAt(leader.facts(), account.role());
      List<String> lacks =
          at.map(row -> lacks(leader.facts(), row, account, site.seen().at()))
              .orElse(List.of("is missing"));
      if (!lacks.isEmpty()) {
        found.add(
            new Finding(
                Level.WARNING,
                "role",
                "the role "
                    + account.role()
                    + " "
                    + String.join(", ", lacks)
                    + ": "
                    + harm(account),
                "replctl init"));
      }
    }
  }

  private static List<String> lacks(
      Facts facts, String row, Accounts.Account account, Instant now) {
    List<String> lacks = new ArrayList<>();
    if (!facts.truth(row + ".login").orElse(false)) {
      lacks.add("may not log in");
    }
    if (account.replication() && !facts.truth(row + ".replication").orElse(false)) {
      lacks.add("may not replicate");
    }
    if (!account.functions().isEmpty() && !facts.truth(row + ".may_rewind").orElse(false)) {
      lacks.add("may not call what pg_rewind needs");
    }
    if (account.memberOf().contains("pg_monitor")
        && !facts.truth(row + ".monitors").orElse(false)) {
      lacks.add("is no member of pg_monitor");
    }
    HostFact.instant(facts, row + ".expires_ms")
        .filter(end -> end.isBefore(now.plus(EARLY)))
        .ifPresent(
            end ->
                lacks.add(
                    "has a password that "
                        + (end.isAfter(now) ? "ends" : "ended")
                        + " on "
                        + end.atZone(ZoneOffset.UTC).toLocalDate()));
    return lacks;
  }

  private static String harm(Accounts.Account account) {
    return switch (account.key()) {
      case "replication" -> "no follower could receive from it anew";
      case "rewind" -> "an old leader could only come back by a copy";
      default -> "replctl could not ask its server";
    };
  }
}

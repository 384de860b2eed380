package replctl.playbooks.verb.doctor;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import replctl.inventory.Node;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Facts;

/**
 * What a host does by itself, and what of it comes to an end, by the facts of look/checkup.sh.
 * Pure.
 */
final class HostChecks {
  /** With these systemd starts a server again that was stopped by signal, and ended well. */
  private static final Set<String> ALWAYS = Set.of("always", "on-success");

  private static final Duration EARLY = Duration.ofDays(30);

  private final Node node;
  private final Facts facts;
  private final List<Finding> found = new ArrayList<>();

  private HostChecks(Node node, Facts facts) {
    this.node = node;
    this.facts = facts;
  }

  static List<Finding> of(Node node, Snapshot seen) {
    Facts facts = seen.node(node.name()).server().map(Server::facts).orElse(Facts.NONE);
    HostChecks checks = new HostChecks(node, facts);
    checks.unasked();
    checks.unit();
    checks.rights();
    checks.clock();
    checks.keepers();
    checks.certificate(
        "authority",
        "the certificate of the authority that it trusts",
        seen.at(),
        "replctl rotate certificate --authority; of one of your own: have the next one in that file"
            + " beside it before it ends");
    checks.certificate(
        "client",
        "the certificate that it shows to the server that it receives from",
        seen.at(),
        "let whoever made it renew it");
    return checks.found;
  }

  /** One for all of them: what is not known is not well. */
  private void unasked() {
    List<String> why =
        facts.byName().entrySet().stream()
            .filter(e -> e.getKey().startsWith(HostFact.UNASKED) && !e.getValue().isEmpty())
            .map(e -> e.getKey().substring(HostFact.UNASKED.length()) + " (" + e.getValue() + ")")
            .toList();
    if (!why.isEmpty()) {
      boolean all = facts.text(HostFact.UNASKED + "checkup").isPresent();
      add(
          all ? Level.WARNING : Level.NOTE,
          "unasked",
          "not known, and so not judged: " + String.join("; ", why),
          all
              ? "replctl doctor --timeout 20s"
              : "see to it that it can be asked, or look yourself");
    }
  }

  private void unit() {
    Optional<String> restart = facts.text("unit.restart").filter(r -> !r.equals("no"));
    String service = facts.text("service").orElse("its unit");
    if (restart.filter(ALWAYS::contains).isPresent()) {
      add(
          Level.WARNING,
          "unit-restarts",
          "Restart="
              + restart.get()
              + " of "
              + service
              + ": systemd starts its server again also after it was stopped on purpose, so that one"
              + " that was closed does not stay so",
          "systemctl edit " + service + ": [Service] Restart=no; then systemctl daemon-reload");
    } else if (restart.isPresent()
        && facts.truth(HostFact.GUARD_PLACED).equals(Optional.of(false))) {
      add(
          Level.WARNING,
          "unit-restarts",
          "Restart="
              + restart.get()
              + " of "
              + service
              + ", and no start guard stands before it: a leader that died comes back by itself,"
              + " perhaps beside a new one",
          "replctl init places the guard; else systemctl edit " + service + ": Restart=no");
    }
    boolean closed = facts.text(HostFact.FENCED).isPresent();
    if (!closed
        && facts.text("service").isPresent()
        && (facts.truth(HostFact.UNIT_ENABLED).equals(Optional.of(false))
            || facts.truth(HostFact.UNIT_MASKED).orElse(false))) {
      add(
          Level.NOTE,
          "unit-not-enabled",
          service + " is not started at a boot: after one it stays away until somebody starts it",
          "systemctl enable " + service + " on " + node.name());
    }
  }

  private void rights() {
    String all = "replctl doctor --privileges prints every line; in /etc/sudoers.d: ";
    facts
        .text("unit.lacks")
        .ifPresent(
            rule ->
                add(
                    Level.WARNING,
                    "rights",
                    "sudo does not grant what starts, stops and closes its server (E-RIGHTS-01)",
                    all + rule));
    facts
        .text("options.lacks")
        .ifPresent(
            rule ->
                add(
                    Level.WARNING,
                    "rights",
                    "sudo does not let replctl write its own file of options (E-RIGHTS-01)",
                    all + rule));
    boolean placed = facts.truth(HostFact.GUARD_PLACED).orElse(false);
    facts
        .text("guard.lacks")
        .ifPresent(
            rules ->
                add(
                    placed ? Level.NOTE : Level.WARNING,
                    "rights-guard",
                    placed
                        ? "sudo does not let replctl place its start guard: one that an update"
                            + " changes must be placed by hand"
                        : "sudo does not let replctl place its start guard, and it has none",
                    all + rules));
  }

  private void clock() {
    if (facts.truth("clock.synchronised").equals(Optional.of(false))) {
      add(
          Level.NOTE,
          "clock-free",
          "its clock is not synchronised with anything, by its own word: journals and certificates"
              + " are judged by it",
          "apt-get install chrony, or timedatectl set-ntp true");
    }
  }

  /** Seen by name: a hint. */
  private void keepers() {
    facts
        .text("keepers")
        .ifPresent(
            names ->
                add(
                    Level.NOTE,
                    "keepers",
                    names.replace(" ", ", ")
                        + " was seen on its host: where it keeps the server's files or its unit, it"
                        + " takes back what replctl writes, or starts what replctl has closed",
                    "have it leave alone the server's unit, and replctl's own files"));
    facts
        .text("upgrades")
        .ifPresent(
            name ->
                add(
                    Level.NOTE,
                    "upgrades",
                    name
                        + " upgrades its packages by itself: an upgrade of the server restarts it,"
                        + " perhaps on all hosts in one night",
                    "exclude the server's packages there, and upgrade followers first"));
  }

  private void certificate(String prefix, String whose, Instant now, String cure) {
    Optional<Instant> end = HostFact.instant(facts, prefix + ".end_ms");
    if (end.isEmpty() || !end.get().isBefore(now.plus(EARLY))) {
      return;
    }
    boolean over = !end.get().isAfter(now);
    String day = end.get().atZone(ZoneOffset.UTC).toLocalDate().toString();
    add(
        over ? Level.CRITICAL : Level.WARNING,
        prefix + "-certificate",
        whose
            + facts.text(prefix + ".file").map(f -> " (" + f + ")").orElse("")
            + (over
                ? " ended on " + day
                : " ends on " + day + ", in " + Duration.between(now, end.get()).toDays() + " d"),
        cure);
  }

  private void add(Level level, String code, String text, String cure) {
    found.add(new Finding(level, code, text, cure));
  }
}

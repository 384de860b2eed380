package replctl.cli.wiring;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.RotatePassword;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Vault;

/**
 * The passwords of replctl's own accounts are to be renewed.
 *
 * @param without nodes that are left for later, as typed
 */
public record RotatePasswordRequest(List<String> without) implements Request {
  public RotatePasswordRequest {
    without = List.copyOf(without);
  }

  @Override
  public Asked ask(Session session, Duration perNode) {
    Secrets.known(session);
    Snapshot seen = session.look(perNode);
    return Asked.of(
        new RotatePassword(session.engine())
            .decide(
                session.cluster(),
                seen,
                session.world().ids().operation(),
                known(session, seen),
                without.stream().map(n -> InventoryFinder.node(session.cluster(), n)).toList()));
  }

  private static RotatePassword.Known known(Session session, Snapshot seen) {
    Vault vault = session.world().vault();
    List<SecretRef> all = RotatePassword.all(session.engine(), session.cluster(), seen);
    Map<String, Optional<Instant>> since = new TreeMap<>();
    List<SecretRef> declared = all.stream().filter(vault::isDeclared).toList();
    all.stream()
        .filter(s -> !vault.isDeclared(s) && vault.has(s))
        .forEach(s -> since.put(s.name(), vault.since(s)));
    return new RotatePassword.Known(
        since.entrySet().stream()
            .collect(Collectors.toMap(e -> new SecretRef(e.getKey()), Map.Entry::getValue)),
        declared);
  }
}

package replctl.playbooks.sim.postgresql;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.playbooks.sim.Twin;
import replctl.playbooks.world.Script;

/** The simulated twins of PostgreSQL's scripts, by name. */
public final class PostgresTwins {
  private final Map<String, Twin> byName = new TreeMap<>();

  void on(PostgresNet net) {
    byName.put("checkpoint", new CheckpointTwin(net));
    byName.put("follow", new FollowTwin(net));
    byName.put("handover-closing", new HandoverClosingTwin(net));
    byName.put("handover-opening", new HandoverOpeningTwin(net));
    byName.put("sender-timeout", new SenderTimeoutTwin(net));
  }

  Map<String, Twin> byName() {
    return byName;
  }

  Optional<Twin> of(Script script) {
    return Optional.ofNullable(
        script.engine().equals("postgresql") ? byName.get(script.name()) : null);
  }
}

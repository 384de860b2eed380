package replctl.playbooks.sim.postgresql;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.playbooks.sim.CredentialTwins;
import replctl.playbooks.sim.DrillTwin;
import replctl.playbooks.sim.GuardTwins;
import replctl.playbooks.sim.ParameterTwins;
import replctl.playbooks.sim.RedirectTwins;
import replctl.playbooks.sim.Twin;
import replctl.playbooks.sim.VoterTwins;
import replctl.playbooks.world.Script;

/** The simulated twins of PostgreSQL's scripts, by name. */
public final class PostgresTwins {
  private final Map<String, Twin> byName = new TreeMap<>();
  private final Map<String, Twin> operators = new TreeMap<>();
  private final Map<String, Twin> guards = new TreeMap<>();
  private final Map<String, Twin> fences = Map.of("drill", new DrillTwin());
  private final Map<String, Twin> redirects = new TreeMap<>();
  private final Map<String, Twin> voters = new TreeMap<>(VoterTwins.all());

  void on(PostgresNet net) {
    byName.put("checkpoint", new CheckpointTwin(net));
    byName.putAll(new FencingTwins(net).twins());
    byName.put("follow", new FollowTwin(net));
    byName.put("handover-closing", new HandoverClosingTwin(net));
    byName.put("handover-opening", new HandoverOpeningTwin(net));
    byName.putAll(new CredentialTwins().node());
    byName.put("passfile", new PassfileTwin(net));
    byName.putAll(new PasswordTwins(net).twins());
    byName.putAll(new PremisesTwins(net).twins());
    byName.putAll(new ServerTwins(net).twins());
    byName.putAll(new CopyTwins(net).twins());
    byName.putAll(new PromotionTwins(net).twins());
    byName.putAll(new RejoinTwins(net).twins());
    byName.putAll(new RewindTwins(net).twins());
    operators.putAll(new CredentialTwins().operator());
    redirects.putAll(new RedirectTwins(net.world()).twins());
    guards.putAll(new GuardTwins(net.world()).twins());
    byName.putAll(new UpkeepTwins(net, byName.get("restart")).twins());
    byName.putAll(
        new ParameterTwins(job -> net.at(job.host().name().value()).orElseThrow()).twins());
    byName.put("survey", new SurveyTwin(net));
    byName.put("sender-timeout", new SenderTimeoutTwin(net));
  }

  /** Twins of an engine's folder, by name. */
  Map<String, Twin> of(String folder) {
    return switch (folder) {
      case "postgresql" -> byName;
      case "operator" -> operators;
      case "guard" -> guards;
      case "fence" -> fences;
      case "redirect" -> redirects;
      case "voter" -> voters;
      default -> Map.of();
    };
  }

  Optional<Twin> of(Script script) {
    return Optional.ofNullable(of(script.engine()).get(script.name()));
  }
}

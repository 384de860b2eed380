package replctl.playbooks.sim.mysql;

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

/** The simulated twins of MySQL's scripts, by name. */
final class MysqlTwins {
  private final Map<String, Twin> byName = new TreeMap<>();
  private final Map<String, Twin> operators = new TreeMap<>();
  private final Map<String, Twin> guards = new TreeMap<>();
  private final Map<String, Twin> fences = Map.of("drill", new DrillTwin());
  private final Map<String, Twin> redirects = new TreeMap<>();
  private final Map<String, Twin> voters = new TreeMap<>(VoterTwins.all());

  void on(MysqlNet net) {
    byName.put("survey", new SurveyTwin(net));
    byName.put("handover-closing", new HandoverClosingTwin(net));
    byName.put("handover-opening", new HandoverOpeningTwin(net));
    byName.put("follow", new FollowTwin(net));
    byName.put("gtid", new GtidTwin(net));
    byName.putAll(new FencingTwins(net).twins());
    byName.putAll(new PromotionTwins(net).twins());
    byName.putAll(new CredentialTwins().node());
    byName.putAll(new PremisesTwins(net).twins());
    byName.putAll(new RejoinTwins(net).twins());
    byName.putAll(new AcknowledgingTwins(net).twins());
    byName.putAll(new SetupTwins(net).twins());
    byName.putAll(new UpkeepTwins(net, byName.get("restart")).twins());
    byName.putAll(
        new ParameterTwins(job -> net.at(job.host().name().value()).orElseThrow()).twins());
    byName.putAll(new SalvageTwins(net).twins());
    operators.putAll(new CredentialTwins().operator());
    redirects.putAll(new RedirectTwins(net.world()).twins());
    guards.putAll(new GuardTwins(net.world()).twins());
    byName.putAll(new ServerTwins(net).twins());
  }

  /** Twins of a folder of scripts, by name. */
  Map<String, Twin> of(String folder) {
    return switch (folder) {
      case "mysql" -> byName;
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

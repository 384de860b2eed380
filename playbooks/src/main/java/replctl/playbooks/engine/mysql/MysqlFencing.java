package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Fencing;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** How MySQL is closed on its own host: cooperative-stop.sh and lift.sh. */
public final class MysqlFencing implements Fencing {
  /**
   * A shutdown that nothing holds up took 1 to 2 s on 9.7.4, and 3.5 s with a commit that waited
   * for an acknowledgement. A leader that is to be closed because it is lost gets this long for it;
   * the next means needs nothing of the server.
   */
  private static final Duration STOP = Duration.ofSeconds(8);

  /** What comes after: the unit's stop, and KILL. */
  private static final Duration KILL = Duration.ofSeconds(6);

  /** A resident that has lost its operator leaves after its lease of 10 s. */
  private static final Duration LOCK = Duration.ofSeconds(12);

  /** Recovery from a power cut goes through the log since the last checkpoint. */
  private static final Duration STARTING = Duration.ofMinutes(5);

  /** A host that hangs is not waited for: where the server lies is known without its word. */
  private static final String SURVEY_SECONDS = "0.5";

  /** Found by the survey under the names that scripts are given them by. */
  private static final List<String> LAYOUT =
      List.of("data_directory", "bin_directory", "client", "service", "socket", "state_directory");

  @Override
  public Optional<Action.Look> look(Site site, NodeName node) {
    if (site.seen(node).contact().answered()) {
      return Optional.empty();
    }
    ScriptCall question =
        new MysqlSurvey()
            .question(site.cluster(), site.declared(node))
            .with("limit", Value.of(SURVEY_SECONDS));
    return Optional.of(new Action.Look(question, LAYOUT));
  }

  @Override
  public ScriptCall stop(Site site, NodeName node) {
    Map<String, Value> values = new TreeMap<>();
    values.put("stop_seconds", MysqlScripts.seconds(STOP));
    values.put("lock_wait", MysqlScripts.seconds(LOCK));
    return call(site, node, "cooperative-stop", values);
  }

  @Override
  public ScriptCall block(Site site, NodeName node) {
    return stop(site, node).with("stops", Value.of("no"));
  }

  @Override
  public ScriptCall lift(Site site, NodeName node) {
    return call(site, node, "lift", Map.of());
  }

  /** A server that is starting already is not started again by its unit, and is waited for. */
  @Override
  public List<Step> back(Site site, NodeName follower) {
    Map<String, Value> values =
        Map.of(
            "as",
            Value.of("follower"),
            "patience",
            MysqlScripts.seconds(STARTING),
            "lock_wait",
            MysqlScripts.seconds(LOCK));
    return List.of(
        Step.of(
            "start-" + follower,
            "wait until " + follower + "'s server answers",
            Place.on(follower),
            call(site, follower, "start", values),
            STARTING.plus(LOCK).plus(KILL)));
  }

  private static ScriptCall call(
      Site site, NodeName node, String script, Map<String, Value> values) {
    return new MysqlScripts(site, node).performOnMost(node, script, values);
  }
}

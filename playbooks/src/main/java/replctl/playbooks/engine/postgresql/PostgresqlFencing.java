package replctl.playbooks.engine.postgresql;

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

/** How PostgreSQL is closed on its own host: cooperative-stop.sh and lift.sh. */
public final class PostgresqlFencing implements Fencing {
  /**
   * A fast stop ends sessions and writes a checkpoint. A leader that is to be closed because it is
   * lost gets this long for it; the next means need no checkpoint.
   */
  private static final Duration FAST = Duration.ofSeconds(5);

  /** The server itself kills what has not ended 5 s after an immediate stop. */
  private static final Duration IMMEDIATE = Duration.ofSeconds(6);

  /** A resident that has lost its operator leaves after its lease of 10 s. */
  private static final Duration LOCK = Duration.ofSeconds(12);

  /** Recovery from a power cut replays the log since the last restartpoint. */
  private static final Duration STARTING = Duration.ofMinutes(5);

  /** A host that hangs is not waited for: where the server lies is known without its word. */
  private static final String SURVEY_SECONDS = "0.5";

  /** Found by the survey under the names that scripts are given them by. */
  private static final List<String> LAYOUT =
      List.of(
          "data_directory",
          "config_directory",
          "bin_directory",
          "service",
          "socket_directory",
          "state_directory");

  @Override
  public Optional<Action.Look> look(Site site, NodeName node) {
    if (site.seen(node).contact().answered()) {
      return Optional.empty();
    }
    ScriptCall question =
        new PostgresqlSurvey()
            .question(site.cluster(), site.declared(node))
            .with("limit", Value.of(SURVEY_SECONDS));
    return Optional.of(new Action.Look(question, LAYOUT));
  }

  @Override
  public ScriptCall stop(Site site, NodeName node) {
    Map<String, Value> values = new TreeMap<>();
    values.put("fast_seconds", PostgresqlSetup.seconds(FAST));
    values.put("immediate_seconds", PostgresqlSetup.seconds(IMMEDIATE));
    values.put("lock_wait", PostgresqlSetup.seconds(LOCK));
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
            PostgresqlSetup.seconds(STARTING),
            "lock_wait",
            PostgresqlSetup.seconds(LOCK));
    return List.of(
        Step.of(
            "start-" + follower,
            "wait until " + follower + "'s server answers",
            Place.on(follower),
            call(site, follower, "start", values),
            STARTING.plus(LOCK).plus(IMMEDIATE)));
  }

  private static ScriptCall call(
      Site site, NodeName node, String script, Map<String, Value> values) {
    Map<String, Value> all = new TreeMap<>(values);
    site.usualIdentity().ifPresent(identity -> all.put("identity", Value.of(identity)));
    return new Scripts(site, node).perform(node, script, all);
  }
}

package replctl.playbooks.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.epoch.Silence;
import replctl.playbooks.journal.Journal;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.run.Runner;
import replctl.playbooks.run.Watcher;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Switchover;
import replctl.playbooks.world.World;

/**
 * A switchover that was planned before another operator's, and begins after it: its own operator
 * was asked meanwhile, or it waited for the other one's promise.
 */
public final class StalePlan {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private final Scene<?> scene;

  /** In a cluster whose first node leads. */
  public StalePlan(Scene<?> scene) {
    this.scene = scene;
    scene.world().leadersMustBeRecorded();
  }

  /** It is refused, and the other's leader leads on. */
  public void isRefused() {
    World late = scene.world().process();
    Plan plan = planned(late, 2);
    handOver();

    Outcome outcome = runner(late).run(plan);

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    Refusal refusal = ((Outcome.Refused) outcome).refusal();
    assertThat(refusal.code()).isEqualTo(Refusal.Code.E_PLAN_01);
    assertThat(refusal.found()).contains(scene.node(3) + " leads");
    assertThat(journal(late).operations()).isEmpty();
    thirdLeads();
  }

  /** What has begun and was left so is over when a failover took its place meanwhile. */
  public void isOverWhereItHadBegun() {
    World late = scene.world().process();
    Plan plan = planned(late, 2);
    journal(late).open(plan);
    handOver();
    Recorded left = journal(late).unfinished().orElseThrow();

    Outcome outcome = runner(late).resume(left, Silence.NONE);

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused) outcome).refusal().code()).isEqualTo(Refusal.Code.E_STATE_01);
    assertThat(journal(late).unfinished()).isEmpty();
    thirdLeads();
  }

  private void handOver() {
    World other = scene.world().othersProcess();
    assertThat(runner(other).run(planned(other, 3))).isInstanceOf(Outcome.Done.class);
  }

  /** Nothing holds it up: the next switchover is planned and run as ever. */
  private void thirdLeads() {
    assertThat(scene.server(scene.node(3).value()).open()).isTrue();
    assertThat(scene.server(scene.node(1).value()).open()).isFalse();
    World next = scene.world().process();
    assertThat(runner(next).run(planned(next, 1))).isInstanceOf(Outcome.Done.class);
    assertThat(scene.server(scene.node(1).value()).open()).isTrue();
  }

  private Plan planned(World process, int to) {
    return planned(process, scene.engine(), scene.node(to));
  }

  private Plan planned(World process, Engine engine, NodeName to) {
    Decision decision =
        new Switchover(engine)
            .decide(
                scene.cluster(),
                Observer.look(process, engine, scene.cluster(), LOOK),
                process.ids().operation(),
                Optional.of(to));
    assertThat(decision).isInstanceOf(Decision.Planned.class);
    return ((Decision.Planned) decision).plan();
  }

  private Runner runner(World process) {
    return new Runner(process, journal(process), Watcher.NONE, "dba@laptop");
  }

  private Journal journal(World process) {
    return new Journal(process.store(), scene.cluster().name());
  }
}

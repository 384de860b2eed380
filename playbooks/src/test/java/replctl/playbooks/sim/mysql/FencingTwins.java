package replctl.playbooks.sim.mysql;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.Scripted;
import replctl.playbooks.sim.StateFiles;
import replctl.playbooks.sim.Twin;

/** cooperative-stop.sh, lift.sh. */
final class FencingTwins extends MyTwin {
  FencingTwins(MysqlNet net) {
    super(net);
  }

  Map<String, Twin> twins() {
    Map<String, Twin> twins = new TreeMap<>();
    twins.put("cooperative-stop", this);
    twins.put("lift", new Scripted(this::liftIsDone, this::lift));
    return twins;
  }

  @Override
  public Look isDone(Job job) {
    SimMysql my = my(job);
    if (!StateFiles.there(job, FENCED)) {
      return Look.notDone("there is no marker");
    }
    if (!my.isMasked()) {
      return Look.notDone("its unit is not masked");
    }
    job.fact("block", "masked");
    if (hasProcess(my)) {
      return Look.notDone("processes still have the data open");
    }
    return my.startsClosed() || !my.hasData() ? Look.DONE : Look.notDone("it would come up open");
  }

  @Override
  public Course perform(Job job) {
    SimMysql my = my(job);
    return Course.of(
            () -> {
              if (job.given("stops").equals(Optional.of("no")) && hasProcess(my)) {
                throw job.refuse("its server runs");
              }
            })
        .act(
            () ->
                StateFiles.put(
                    job, FENCED, job.given("promise").orElse("0") + " " + job.value("operation")))
        .act(() -> my.masked(true))
        .act(() -> job.fact("how", hasProcess(my) ? "stopped" : "was-stopped"))
        .act(my::stop)
        .until(seconds(job, "stop_seconds"), () -> !hasProcess(my), () -> {})
        .until(
            Duration.ofSeconds(3),
            () -> !hasProcess(my),
            () -> {
              my.killed();
              job.fact("how", "killed");
            })
        .act(
            () -> {
              if (!my.startsClosed() && my.hasData()) {
                throw job.fail("it is stopped, and would come up open");
              }
            });
  }

  private Look liftIsDone(Job job) {
    if (StateFiles.there(job, FENCED)) {
      return Look.notDone("the marker is there");
    }
    return my(job).isMasked() ? Look.notDone("its unit is masked") : Look.DONE;
  }

  private Course lift(Job job) {
    return Course.of(() -> my(job).masked(false)).act(() -> StateFiles.remove(job, FENCED));
  }
}

package replctl.playbooks.sim.postgresql;

import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.SimTime;

/** checkpoint.sh. */
final class CheckpointTwin extends PgTwin {
  CheckpointTwin(PostgresNet net) {
    super(net);
  }

  @Override
  public Look isDone(Job job) {
    return job.remembered("taken").isPresent()
        ? Look.DONE
        : Look.notDone("a checkpoint is taken anew each time");
  }

  @Override
  public Course perform(Job job) {
    SimPostgres pg = pg(job);
    return Course.of(
            () -> {
              if (!pg.answersSql()) {
                throw job.fail(sqlError(pg));
              }
            })
        .lasts(net().dice().between(2, 80) * SimTime.MS)
        .act(
            () -> {
              if (!pg.answersSql()) {
                throw job.fail("server closed the connection unexpectedly");
              }
              pg.checkpoint();
              job.remember("taken", "yes");
            });
  }
}

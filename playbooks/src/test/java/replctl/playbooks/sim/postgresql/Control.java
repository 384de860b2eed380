package replctl.playbooks.sim.postgresql;

/**
 * pg_control.
 *
 * @param state as pg_controldata prints it
 * @param checkpoint where the latest checkpoint's record starts
 * @param timeline the latest checkpoint's
 */
record Control(String state, long checkpoint, int timeline) {
  Control as(String other) {
    return new Control(other, checkpoint, timeline);
  }
}

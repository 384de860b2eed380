/**
 * A second world, simulated from a seed: the code that observes, decides and runs is the real one,
 * and only what lies behind {@link replctl.playbooks.world.World} is simulated. One thread, virtual
 * time, the same seed gives the same run.
 */
package replctl.playbooks.sim;

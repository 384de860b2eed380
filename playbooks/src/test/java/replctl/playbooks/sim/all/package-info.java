/** The simulator at scale: seeds by the million, all cells, all deleted rules, of both engines. */
package replctl.playbooks.sim.all;

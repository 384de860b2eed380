/** Simulated hosts of MySQL: their servers, and the twins of MySQL's named scripts. */
package replctl.playbooks.sim.mysql;

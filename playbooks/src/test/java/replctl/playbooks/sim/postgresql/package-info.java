/** Simulated PostgreSQL servers, and the twins of the scripts that change and ask them. */
package replctl.playbooks.sim.postgresql;

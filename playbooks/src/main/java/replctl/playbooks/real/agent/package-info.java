/** Fence devices as they are: stock fence agents, and programs of the operator's own. */
package replctl.playbooks.real.agent;

/** This machine's own commands, for nodes that are here and for the operator's host. */
package replctl.playbooks.real.local;

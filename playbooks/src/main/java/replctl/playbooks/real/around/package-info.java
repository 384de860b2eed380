/** What lies around a cluster, as it is. */
package replctl.playbooks.real.around;

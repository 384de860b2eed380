/**
 * Hosts behind SSH: in this process, or by the system's own client for what only that can do. Both
 * refuse a host whose key is not known.
 */
package replctl.playbooks.real.ssh;

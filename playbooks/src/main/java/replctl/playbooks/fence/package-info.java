/**
 * How a node is closed: which proofs count, in which order they are sought, and what the devices
 * are known to do. Pure.
 */
package replctl.playbooks.fence;

package replctl.playbooks.world;

import replctl.inventory.NodeName;

/**
 * One device of a node's {@code fence} in the inventory.
 *
 * @param level which of the node's levels, from 1
 * @param number which device of that level, from 1
 * @param label for people: {@code fence_ipmilan 10.9.0.1}; never a secret
 */
public record PowerDevice(NodeName node, int level, int number, String label) {}

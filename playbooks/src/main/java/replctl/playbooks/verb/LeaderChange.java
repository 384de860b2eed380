package replctl.playbooks.verb;

import replctl.inventory.NodeName;

/**
 * Another node leads.
 *
 * @param verb as typed
 * @param from who led
 * @param to who is to lead
 * @param why for people: a few words
 */
record LeaderChange(String verb, NodeName from, NodeName to, String why) {}

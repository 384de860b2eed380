package replctl.playbooks.plan;

import replctl.inventory.NodeName;
import replctl.playbooks.world.Place;

/**
 * A host that keeps promises.
 *
 * @param answers whether it did when the plan was made: it is waited for
 * @param votes whether its word counts
 * @param mayLead whether its server may become leader
 * @param state its state folder; empty: the usual one
 */
public record Voter(
    NodeName name, Place place, boolean answers, boolean votes, boolean mayLead, String state) {}

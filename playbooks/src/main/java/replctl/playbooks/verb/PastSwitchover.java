package replctl.playbooks.verb;

import java.time.Duration;
import java.time.Instant;
import replctl.inventory.NodeName;

/**
 * A hand-over that was done, as it was measured.
 *
 * @param at when it was over, by the operator's clock
 * @param stoodStill how long no write was taken
 */
public record PastSwitchover(
    String op, Instant at, NodeName from, NodeName to, Duration stoodStill) {}

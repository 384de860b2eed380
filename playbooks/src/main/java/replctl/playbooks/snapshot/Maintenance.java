package replctl.playbooks.snapshot;

import java.util.OptionalLong;

/**
 * Hands off: automation stands still, and operations begin only where that is typed.
 *
 * @param operation the one that began it
 * @param by who, and where: for people
 * @param reason as typed, in one line; may be empty
 * @param limitMs how long it is meant to be, by the clocks of the hosts that know of it; empty:
 *     until it is ended
 */
public record Maintenance(String operation, String by, String reason, OptionalLong limitMs) {}

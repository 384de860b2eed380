package replctl.playbooks.engine;

/**
 * One thing on a host that differs from what the inventory asks.
 *
 * @param what the file, parameter or account
 * @param change for people: the old and the new, or lines of a diff
 * @param restart whether it takes hold only at a restart
 */
public record Drift(String what, String change, boolean restart) {}

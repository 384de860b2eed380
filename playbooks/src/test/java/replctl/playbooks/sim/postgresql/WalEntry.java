package replctl.playbooks.sim.postgresql;

/**
 * A record of the log.
 *
 * @param start where it begins, in bytes
 * @param end where the next one begins
 * @param write the client's write that it holds; 0: one of the server's own
 */
record WalEntry(long start, long end, int timeline, long write) {}

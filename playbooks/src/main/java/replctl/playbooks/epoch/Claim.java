package replctl.playbooks.epoch;

/**
 * What a process asks the hosts for.
 *
 * @param epoch the number to ask for first
 * @param journal the first line of the operation's journal
 * @param again whether the operation was begun by another process: then hosts know of it already,
 *     and it may be over
 * @param silence what lets another process's operation be taken over
 */
public record Claim(String operation, long epoch, String journal, boolean again, Silence silence) {}

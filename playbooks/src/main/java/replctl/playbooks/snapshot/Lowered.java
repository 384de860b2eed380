package replctl.playbooks.snapshot;

/**
 * Fewer acknowledgements than the inventory asks for, on somebody's word, until that is taken back.
 *
 * @param acks a write waits for no more than so many, whoever leads
 * @param by who typed it, and where: for people
 */
public record Lowered(int acks, String by) {}

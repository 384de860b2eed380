package replctl.playbooks.engine;

/**
 * A text with which clients connect, to be copied. Never holds a password, and no database's name
 * unless that is declared.
 *
 * @param client what reads it: {@code libpq}, {@code jdbc}
 * @param to where it leads: {@link #LEADER}, a node's name, or the kind of a redirect
 */
public record ConnectionText(String client, String to, String text) {
  /** To whoever takes writes, also after the next change of leader. */
  public static final String LEADER = "leader";
}

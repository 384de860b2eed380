package replctl.cli.complete;

/**
 * A word that can be typed next.
 *
 * @param description what it is; may be empty
 */
public record Choice(String word, String description) {}

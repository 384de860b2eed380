package replctl.playbooks.snapshot;

/**
 * Something that an operator should know.
 *
 * @param code stable, for scripts: {@code disk-full}, {@code not-streaming}
 * @param text a sentence with the value and the threshold
 * @param cure what to type or do
 */
public record Finding(Level level, String code, String text, String cure) {
  /** How bad it is. */
  public enum Level {
    NOTE,
    WARNING,
    CRITICAL
  }
}

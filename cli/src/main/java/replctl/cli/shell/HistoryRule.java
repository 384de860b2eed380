package replctl.cli.shell;

import java.util.regex.Pattern;

/** Which lines are kept in the history. A secret in there would outlive its use. Pure. */
final class HistoryRule {
  private static final String SECRET =
      "(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|credential|api[-_]?key)";

  /** {@code --password x}, {@code --db-password=x}. */
  private static final Pattern OPTION =
      Pattern.compile("(?:^|\\s)-{1,2}[\\w.-]*" + SECRET + "[\\w.-]*(?:[=\\s]|$)", flags());

  /** {@code --set password=x}, {@code PGPASSWORD=x}, {@code primary_conninfo='password = x'}. */
  private static final Pattern ASSIGNED =
      Pattern.compile("[\\w.-]*" + SECRET + "[\\w.-]*[\"']?\\s*[=:]", flags());

  /** {@code postgresql://user:x@host}. */
  private static final Pattern IN_ADDRESS = Pattern.compile("://[^/\\s:@]*:[^/\\s@]+@");

  /** {@code identified by 'x'}. */
  private static final Pattern IDENTIFIED =
      Pattern.compile("\\bidentified\\s+(?:by|with)\\b|\\bpassword\\s+['\"]", flags());

  private HistoryRule() {}

  private static int flags() {
    return Pattern.CASE_INSENSITIVE;
  }

  /** Whether a line may be kept: it begins with no blank, and nothing in it looks like a secret. */
  static boolean keeps(String line) {
    return !line.isBlank()
        && !Character.isWhitespace(line.charAt(0))
        && !OPTION.matcher(line).find()
        && !ASSIGNED.matcher(line).find()
        && !IN_ADDRESS.matcher(line).find()
        && !IDENTIFIED.matcher(line).find();
  }
}

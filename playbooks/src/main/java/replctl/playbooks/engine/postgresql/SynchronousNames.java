package replctl.playbooks.engine.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code synchronous_standby_names} says. The forms are those of PostgreSQL's syncrep_gram.y:
 * {@code FIRST n (a, b)}, {@code ANY n (a, b)}, {@code n (a, b)} and {@code a, b} (both as FIRST).
 *
 * @param needed how many are waited for; 0: none
 * @param inOrder FIRST, not ANY
 * @param names in order, as the server compares them: without regard to case
 */
record SynchronousNames(int needed, boolean inOrder, List<String> names) {
  /** Nobody is waited for. */
  static final SynchronousNames NONE = new SynchronousNames(0, false, List.of());

  SynchronousNames {
    names = List.copyOf(names);
  }

  /** Reads the parameter; empty when the server would not take it. */
  static Optional<SynchronousNames> parse(String text) {
    List<String> tokens = tokens(text);
    if (tokens.isEmpty()) {
      return text.isBlank() ? Optional.of(NONE) : Optional.empty();
    }
    String first = tokens.get(0).toLowerCase(Locale.ROOT);
    boolean worded =
        (first.equals("any") || first.equals("first"))
            && tokens.size() > 2
            && isNumber(tokens.get(1))
            && tokens.get(2).equals("(");
    if (worded) {
      return list(tokens, 3, tokens.get(1), first.equals("first"), true);
    }
    if (isNumber(tokens.get(0)) && tokens.size() > 1 && tokens.get(1).equals("(")) {
      return list(tokens, 2, tokens.get(0), true, true);
    }
    return list(tokens, 0, "1", true, false);
  }

  /** Whether the word of every follower counts. */
  boolean anybody() {
    return names.contains("*");
  }

  /** Whether a follower of this name is meant, as the server compares them. */
  boolean names(String application) {
    return anybody() || names.stream().anyMatch(n -> n.equalsIgnoreCase(application));
  }

  private static Optional<SynchronousNames> list(
      List<String> tokens, int from, String needed, boolean inOrder, boolean closed) {
    int end = closed ? tokens.size() - 1 : tokens.size();
    boolean open = closed && !tokens.get(end).equals(")");
    if (open || (end - from) % 2 == 0 || needed.length() > 6) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (int i = from; i < end; i++) {
      String token = tokens.get(i);
      boolean comma = (i - from) % 2 == 1;
      if (comma ? !token.equals(",") : !isName(token)) {
        return Optional.empty();
      }
      if (!comma) {
        names.add(token.startsWith("\"") ? token.substring(1) : token);
      }
    }
    int count = Integer.parseInt(needed);
    return count == 0 ? Optional.empty() : Optional.of(new SynchronousNames(count, inOrder, names));
  }

  /** Words and marks; a quoted name keeps one quote in front. Empty when there is anything else. */
  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      int start = i;
      if (" \t\n\r\f\u000b".indexOf(c) >= 0) {
        i++;
        continue;
      }
      if ("(),*".indexOf(c) >= 0) {
        i++;
      } else if (c == '"') {
        StringBuilder name = new StringBuilder("\"");
        i++;
        while (i < text.length() && (text.charAt(i) != '"' || text.startsWith("\"\"", i))) {
          i += text.charAt(i) == '"' ? 1 : 0;
          name.append(text.charAt(i++));
        }
        if (i == text.length()) {
          return List.of();
        }
        i++;
        tokens.add(name.toString());
        continue;
      } else if (isDigit(c)) {
        while (i < text.length() && isDigit(text.charAt(i))) {
          i++;
        }
      } else if (isWord(c, true)) {
        while (i < text.length() && isWord(text.charAt(i), false)) {
          i++;
        }
      } else {
        return List.of();
      }
      tokens.add(text.substring(start, i));
    }
    return tokens;
  }

  /** ANY and FIRST are names only in quotes. */
  private static boolean isName(String token) {
    return !List.of("(", ")", ",").contains(token)
        && !token.equalsIgnoreCase("any")
        && !token.equalsIgnoreCase("first");
  }

  private static boolean isNumber(String token) {
    return !token.isEmpty() && token.chars().allMatch(c -> isDigit((char) c));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWord(char c, boolean first) {
    boolean letter = Character.isLetter(c) || c == '_' || c > 127;
    return letter || (!first && (isDigit(c) || c == '$'));
  }
}

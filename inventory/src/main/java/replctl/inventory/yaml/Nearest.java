package replctl.inventory.yaml;

import java.util.Locale;
import java.util.Optional;

/** Finds, among the words offered, the one that was probably meant. */
public final class Nearest {
  /** Nothing that the inventory knows is longer. */
  private static final int LONGEST = 40;

  private final String typed;
  private final int most;
  private int least;
  private Optional<String> found = Optional.empty();

  /**
   * @param typed what was typed
   */
  public Nearest(String typed) {
    this.typed = typed;
    // A third of the letters may be wrong, and at least one.
    this.most = Math.max(1, typed.length() / 3);
    this.least = most + 1;
  }

  /** A word that could have been meant. */
  public void offer(String word) {
    if (typed.isEmpty() || typed.length() > LONGEST || word.length() > LONGEST) {
      return;
    }
    int distance = plain(typed).equals(plain(word)) ? 0 : distance(typed, word);
    if (distance < least) {
      least = distance;
      found = Optional.of(word);
    }
  }

  /** The nearest word, if one is near enough. */
  public Optional<String> found() {
    return found;
  }

  /** dataDirectory and data-directory are data_directory. */
  private static String plain(String word) {
    return word.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
  }

  /** Insertions, deletions, changes, and swaps of neighbours that make one word of the other. */
  static int distance(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      cost[i][0] = i;
    }
    for (int j = 0; j <= to.length(); j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      for (int j = 1; j <= to.length(); j++) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
        best = Math.min(best, cost[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          best = Math.min(best, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = best;
      }
    }
    return cost[from.length()][to.length()];
  }
}

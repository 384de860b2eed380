package replctl.playbooks.engine;

import java.util.ArrayList;
import java.util.List;

/** The lines in which one text differs from another, as {@code diff} marks them. */
public final class LineDiff {
  private LineDiff() {}

  /**
   * Lines taken away behind {@code "- "}, lines added behind {@code "+ "}; lines that stay are left
   * out. Empty when the texts are equal. By the longest common subsequence: for texts of up to some
   * thousand lines.
   */
  public static String of(String before, String after) {
    List<String> old = lines(before);
    List<String> now = lines(after);
    int[][] common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<String> out = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        i++;
        j++;
      } else if (i < old.size() && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
        out.add("- " + old.get(i++));
      } else {
        out.add("+ " + now.get(j++));
      }
    }
    return String.join("\n", out);
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("\n"));
  }
}

package replctl.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import replctl.cli.Extent;

/**
 * What of some lines a terminal shows at once. Where they are too many, those in the middle go: the
 * headline stands first, and what is found of the whole stands last.
 */
final class Frame {
  /** What paints a text and takes no column (ECMA-48, SGR). */
  private static final Pattern PAINT = Pattern.compile("\u001b\\[[0-9;]*m");

  /** Of the rows, one in so many is for what stands last. */
  private static final int LAST = 3;

  private Frame() {}

  /**
   * The lines that are shown.
   *
   * @param size an unknown one has room for all
   */
  static List<String> of(List<String> lines, Extent.Size size) {
    // The cursor stands below them.
    int room = size.rows() - 1;
    if (size.rows() <= 0 || rows(lines, size) <= room) {
      return lines;
    }
    int last = lines.size();
    for (int left = size.rows() / LAST;
        last > 0 && rows(lines.get(last - 1), size) <= left;
        last--) {
      left -= rows(lines.get(last - 1), size);
    }
    int left = room - 1 - rows(lines.subList(last, lines.size()), size);
    int first = 0;
    for (; first < last && rows(lines.get(first), size) <= left; first++) {
      left -= rows(lines.get(first), size);
    }
    List<String> shown = new ArrayList<>(lines.subList(0, first));
    int more = last - first;
    shown.add("(and " + more + (more == 1 ? " more line" : " more lines") + ": a taller window)");
    shown.addAll(lines.subList(last, lines.size()));
    return shown;
  }

  private static int rows(List<String> lines, Extent.Size size) {
    return lines.stream().mapToInt(line -> rows(line, size)).sum();
  }

  /** How many rows the terminal breaks a line into. */
  private static int rows(String line, Extent.Size size) {
    if (size.columns() <= 0) {
      return 1;
    }
    int width = Width.of(PAINT.matcher(line).replaceAll(""));
    return Math.max(1, (width + size.columns() - 1) / size.columns());
  }
}

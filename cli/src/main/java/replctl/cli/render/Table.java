package replctl.cli.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of cells under headings, two blanks between columns; columns that are empty in every row are
 * left out. A row may have remarks, which are printed under it, indented, and never cut.
 */
public final class Table {
  private static final int GAP = 2;
  private static final int NARROWEST = 6;

  private final List<Column> columns = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  private record Column(String heading, boolean right, boolean kept) {}

  private record Row(List<Span> cells, List<Span> remarks) {}

  /** A column of texts. */
  public Table column(String heading) {
    columns.add(new Column(heading, false, false));
    return this;
  }

  /** A column of numbers. */
  public Table numbers(String heading) {
    columns.add(new Column(heading, true, false));
    return this;
  }

  /** A column that is there even when it is empty. */
  public Table always(String heading) {
    columns.add(new Column(heading, false, true));
    return this;
  }

  /** A row of plain texts. */
  public Table row(String... cells) {
    return row(Arrays.stream(cells).map(Span::of).toList(), List.of());
  }

  /** A row, and what is to be said of it. */
  public Table row(List<Span> cells, List<Span> remarks) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(cells.size() + " cells, " + columns.size() + " columns");
    }
    rows.add(new Row(List.copyOf(cells), List.copyOf(remarks)));
    return this;
  }

  /** Prints it. */
  public void print(Lines to) {
    List<Integer> shown = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      if (columns.get(i).kept()
          || rows.stream().anyMatch(r -> !r.cells().get(column).text().isEmpty())) {
        shown.add(i);
      }
    }
    int[] widths = widths(shown, to.look().columns());
    String mark = to.look().unicode() ? "…" : "~";
    List<Span> headings = columns.stream().map(c -> new Span(c.heading(), Tone.FAINT)).toList();
    if (columns.stream().anyMatch(c -> !c.heading().isEmpty())) {
      to.line(line(headings, shown, widths, mark));
    }
    int indent = shown.isEmpty() ? 0 : widths[shown.get(0)] + GAP;
    for (Row row : rows) {
      to.line(line(row.cells(), shown, widths, mark));
      for (Span remark : row.remarks()) {
        to.line(List.of(Span.of(" ".repeat(indent)), remark));
      }
    }
  }

  private List<Span> line(List<Span> cells, List<Integer> shown, int[] widths, String mark) {
    List<Span> line = new ArrayList<>();
    for (int i : shown) {
      Span cell = cells.get(i);
      String text = Width.cut(cell.text(), widths[i], mark);
      String blanks = " ".repeat(widths[i] - Width.of(text));
      if (!line.isEmpty()) {
        line.add(Span.of(" ".repeat(GAP)));
      }
      if (columns.get(i).right()) {
        line.add(Span.of(blanks));
        line.add(new Span(text, cell.tone()));
      } else {
        line.add(new Span(text, cell.tone()));
        line.add(Span.of(blanks));
      }
    }
    return line;
  }

  /** What each column takes; the widest give way until the line fits. */
  private int[] widths(List<Integer> shown, int room) {
    int[] widths = new int[columns.size()];
    for (int i : shown) {
      widths[i] = Width.of(columns.get(i).heading());
      for (Row row : rows) {
        widths[i] = Math.max(widths[i], row.cells().get(i).width());
      }
    }
    int total = shown.stream().mapToInt(i -> widths[i]).sum() + GAP * (shown.size() - 1);
    while (room > 0 && total > room) {
      int widest = shown.stream().reduce((a, b) -> widths[b] > widths[a] ? b : a).orElseThrow();
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
      total--;
    }
    return widths;
  }
}

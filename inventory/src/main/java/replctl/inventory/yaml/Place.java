package replctl.inventory.yaml;

import org.yaml.snakeyaml.error.Mark;

/**
 * Where in the file.
 *
 * @param line from 1; 0: the file as a whole
 * @param column from 1; 0: the file as a whole
 */
record Place(int line, int column) {
  static final Place WHOLE_FILE = new Place(0, 0);

  /** The parser counts from 0, editors from 1. */
  static Place of(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }
}

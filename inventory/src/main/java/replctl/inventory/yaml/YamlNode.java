package replctl.inventory.yaml;

import java.util.List;

/** The file's tree as it is written: nothing is guessed about types. */
sealed interface YamlNode {
  /** Where it begins. */
  Place at();

  /** What it is, in words. */
  String kind();

  /**
   * A scalar's literal text: {@code on}, {@code 08} and {@code 1e3} stay what was typed.
   *
   * @param bare neither in quotes nor a block: what YAML would have guessed a type for
   */
  record Text(Place at, String value, boolean bare) implements YamlNode {
    /** Whether there is no value: nothing at all, {@code ~} or {@code null}. */
    boolean isNothing() {
      return bare
          && (value.isEmpty()
              || value.equals("~")
              || value.equals("null")
              || value.equals("Null")
              || value.equals("NULL"));
    }

    @Override
    public String kind() {
      return isNothing() ? "nothing" : "text";
    }

    /** Any scalar can be a secret; what prints one says so. */
    @Override
    public String toString() {
      return "Text[" + at + "]";
    }
  }

  /** A list. */
  record Items(Place at, List<YamlNode> items) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A map, in the order of the file, each key once. */
  record Entries(Place at, List<Entry> entries) implements YamlNode {
    @Override
    public String kind() {
      return "a map";
    }
  }

  /** One key and its value. */
  record Entry(Place at, String key, YamlNode value) {}
}

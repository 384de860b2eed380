package replctl.inventory.yaml;

import java.util.Optional;

/** A value of the file together with where it stands and whom to tell of problems. */
record Spot(Context context, String path, YamlNode node) {
  /** The spot of a key's value. */
  Spot key(YamlNode.Entry entry) {
    return new Spot(context, join(path, entry.key()), entry.value());
  }

  /** The spot of a list's item. */
  Spot item(int index, YamlNode item) {
    return new Spot(context, path + '[' + index + ']', item);
  }

  void error(String message) {
    error(message, Optional.empty());
  }

  void error(String message, Optional<String> suggestion) {
    context.problems().error(node.at(), path, message, suggestion);
  }

  void warn(String message) {
    context.problems().warn(node.at(), path, message);
  }

  /** Tells that something else was found than was expected; never what, as it could be a secret. */
  void expected(String what) {
    error("expected " + what + ", found " + node.kind());
  }

  /** A path and one more key. */
  static String join(String path, String key) {
    return path.isEmpty() ? Shown.part(key) : path + '.' + Shown.part(key);
  }
}

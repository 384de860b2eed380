package replctl.inventory.yaml;

import java.util.List;
import replctl.inventory.Layout;

/** Where things lie on a host: keys of a node, or of a cluster as its nodes' defaults. */
final class LayoutKeys {
  static final Key<String> SERVICE =
      Key.optional("service", new TextType<>(new ServiceForm()), "The server's systemd unit.")
          .otherwise("asked of the host");
  static final Key<String> DATA_DIRECTORY =
      folder("data_directory", "The server's data folder.", "asked of the host");
  static final Key<String> BIN_DIRECTORY =
      folder("bin_directory", "The folder of the server's programs.", "asked of the host");
  static final Key<String> CONFIG_DIRECTORY =
      folder("config_directory", "The folder of the server's configuration.", "asked of the host");
  static final Key<String> STATE_DIRECTORY =
      folder(
          "state_directory",
          "Where replctl keeps its few state files on the host.",
          "in the home folder of the database's user");

  static final List<Key<?>> KEYS =
      List.of(SERVICE, DATA_DIRECTORY, BIN_DIRECTORY, CONFIG_DIRECTORY, STATE_DIRECTORY);

  private LayoutKeys() {}

  static Layout of(Fields fields) {
    return new Layout(
        fields.get(SERVICE),
        fields.get(DATA_DIRECTORY),
        fields.get(BIN_DIRECTORY),
        fields.get(CONFIG_DIRECTORY),
        fields.get(STATE_DIRECTORY));
  }

  private static Key<String> folder(String name, String description, String otherwise) {
    return Key.optional(name, new TextType<>(new HostPathForm()), description).otherwise(otherwise);
  }
}

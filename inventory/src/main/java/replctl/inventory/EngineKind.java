package replctl.inventory;

/** The database engines that an inventory can name. */
public enum EngineKind {
  POSTGRESQL("postgresql"),
  MYSQL("mysql");

  private final String word;

  EngineKind(String word) {
    this.word = word;
  }

  /** The word used in the inventory and in every output. */
  public String word() {
    return word;
  }
}

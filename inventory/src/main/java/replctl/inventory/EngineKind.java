package replctl.inventory;

/** The database engines that an inventory can name. */
public enum EngineKind implements Worded {
  POSTGRESQL("postgresql"),
  MYSQL("mysql");

  private final String word;

  EngineKind(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}

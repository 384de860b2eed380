package replctl.inventory;

/** The database engines that an inventory can name. */
public enum EngineKind implements Worded {
  POSTGRESQL("postgresql", "postgres"),
  MYSQL("mysql", "mysql");

  private final String word;
  private final String usualUser;

  EngineKind(String word, String usualUser) {
    this.word = word;
    this.usualUser = usualUser;
  }

  @Override
  public String word() {
    return word;
  }

  /** The operating system's account that packages give the server to. */
  public String usualUser() {
    return usualUser;
  }
}

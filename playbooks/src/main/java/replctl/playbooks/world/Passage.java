package replctl.playbooks.world;

/**
 * A host that others are reached through, or one that is reached so.
 *
 * @param name as the inventory or the operator's own settings call it
 * @param address what is connected to
 */
public record Passage(String name, String address) {
  /** For people. */
  public String words() {
    return name.equals(address) ? name : name + " (" + address + ")";
  }

  /** Whether that name or address is this host's. */
  public boolean is(String host) {
    return host.equalsIgnoreCase(name) || host.equalsIgnoreCase(address);
  }
}

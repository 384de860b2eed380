package replctl.inventory;

/** A choice that is written as one fixed word, in the inventory and in every output. */
public interface Worded {
  /** The word. */
  String word();
}

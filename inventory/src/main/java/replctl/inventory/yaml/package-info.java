/**
 * Reads an inventory's YAML into records, with a place for every problem.
 *
 * <p>One table of keys ({@link replctl.inventory.yaml.Key} and {@link
 * replctl.inventory.yaml.Section}) serves the reader and the JSON Schema alike, so that neither can
 * know a key that the other does not.
 */
package replctl.inventory.yaml;

package replctl.inventory.yaml;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where an inventory is looked for. Pure: it is told everything, and asks nothing but what it is
 * handed.
 *
 * @param environment the variables
 * @param folder the current folder
 * @param home the user's home
 */
public record InventoryLocations(Map<String, String> environment, Path folder, Path home) {
  /** The variable that names the file. */
  public static final String VARIABLE = "REPLCTL_INVENTORY";

  public InventoryLocations {
    environment = Map.copyOf(environment);
  }

  /**
   * The files that are looked at, in order. One that is named, by option or variable, is the only
   * one: if it is missing, another that happens to exist must not stand in for it.
   *
   * @param option what {@code -i} says
   */
  public List<Path> candidates(Optional<Path> option) {
    return named(option)
        .map(List::of)
        .orElseGet(
            () ->
                List.of(
                    folder.resolve("replctl.yaml"),
                    home.resolve(".config/replctl/inventory.yaml"),
                    Path.of("/etc/replctl/inventory.yaml")));
  }

  /**
   * The file to read: the one that is named, be it there or not, or the first that exists.
   *
   * @param option what {@code -i} says
   * @param exists asks the file system
   */
  public Optional<Path> find(Optional<Path> option, Predicate<Path> exists) {
    Optional<Path> named = named(option);
    return named.isPresent() ? named : candidates(option).stream().filter(exists).findFirst();
  }

  private Optional<Path> named(Optional<Path> option) {
    return option
        .or(
            () ->
                Optional.ofNullable(environment.get(VARIABLE))
                    .filter(text -> !text.isEmpty())
                    .map(Path::of))
        .map(folder::resolve);
  }
}

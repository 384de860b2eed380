package replctl.inventory.yaml;

import java.util.List;
import java.util.Optional;
import replctl.inventory.Inventory;

/**
 * What reading an inventory gave.
 *
 * @param inventory present unless a problem is an error
 * @param problems all that were found in one pass, in the order of the file
 */
public record Reading(Optional<Inventory> inventory, List<Problem> problems) {
  public Reading {
    problems = List.copyOf(problems);
  }

  /** The problems that make the inventory unusable. */
  public List<Problem> errors() {
    return problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).toList();
  }

  /** The problems that the operator should know of. */
  public List<Problem> warnings() {
    return problems.stream().filter(p -> p.severity() == Problem.Severity.WARNING).toList();
  }
}

package replctl.playbooks.sim.mysql;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import replctl.playbooks.sim.Case;
import replctl.playbooks.sim.Hunted;
import replctl.playbooks.sim.Suite;

/** MySQL's part of the simulator. */
public final class MysqlSuite implements Suite {
  @Override
  public String engine() {
    return "mysql";
  }

  @Override
  public List<? extends Case> cases() {
    return Cases.DRAWN;
  }

  @Override
  public List<Supplier<Hunted>> hunts() {
    return Stream.<Supplier<Hunted>>concat(
            Stream.of(Mutant.values()).map(m -> m::hunted),
            Stream.of(DeletedRule.values()).map(r -> r::hunted))
        .toList();
  }
}

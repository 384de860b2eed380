package replctl.playbooks.sim.postgresql;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import replctl.playbooks.sim.Case;
import replctl.playbooks.sim.Hunted;
import replctl.playbooks.sim.Suite;

/** PostgreSQL's part of the simulator. */
public final class PostgresqlSuite implements Suite {
  @Override
  public String engine() {
    return "postgresql";
  }

  @Override
  public List<? extends Case> cases() {
    return Cases.DRAWN;
  }

  @Override
  public List<Supplier<Hunted>> hunts() {
    return Stream.<Supplier<Hunted>>concat(
            Stream.of(Mutant.values()).filter(Mutant::isOfHandovers).map(m -> m::hunted),
            Stream.of(DeletedRule.values()).map(r -> r::hunted))
        .toList();
  }
}

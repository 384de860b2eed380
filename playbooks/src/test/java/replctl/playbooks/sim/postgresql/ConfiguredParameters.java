package replctl.playbooks.sim.postgresql;

import java.util.Optional;
import replctl.playbooks.sim.SimParameters;

/**
 * The parameters of a simulated server, which are written with ALTER SYSTEM.
 *
 * @param reload has it read its files
 */
record ConfiguredParameters(Config config, Runnable reload) implements SimParameters {
  @Override
  public String running(String name) {
    return config.get(name);
  }

  @Override
  public String afterStart(String name) {
    return config.inFiles(name);
  }

  @Override
  public Optional<String> written(String name) {
    return Optional.ofNullable(config.auto().get(name));
  }

  @Override
  public boolean atStart(String name) {
    return Config.isAtStart(name);
  }

  @Override
  public void write(String name, Optional<String> value) {
    value.ifPresentOrElse(v -> config.auto().put(name, v), () -> config.auto().remove(name));
  }

  @Override
  public void tell() {
    reload.run();
  }
}

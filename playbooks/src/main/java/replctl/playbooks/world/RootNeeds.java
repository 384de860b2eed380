package replctl.playbooks.world;

import java.util.List;
import java.util.Optional;

/**
 * What scripts may have to ask root for on a node, as far as it is known without asking its host.
 *
 * @param unit its server's unit without {@code .service}; empty: no unit starts it
 * @param optionsFile the file of options that is replctl's own, where the engine has one
 * @param addresses calls that move an address there
 */
public record RootNeeds(
    Optional<String> unit, Optional<String> optionsFile, List<ScriptCall> addresses) {
  public RootNeeds {
    addresses = List.copyOf(addresses);
  }
}

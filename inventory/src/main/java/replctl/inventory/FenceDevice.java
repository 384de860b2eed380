package replctl.inventory;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.secret.SecretSource;

/** What can switch a host off without the host's help. */
public sealed interface FenceDevice {
  /** How long one action may take; empty: the agent's own default. */
  Optional<Duration> timeout();

  /**
   * A stock fence agent.
   *
   * @param options the agent's own, checked against its metadata before use
   * @param secrets options whose value is a secret
   */
  record Agent(
      String agent,
      Map<String, String> options,
      Map<String, SecretSource> secrets,
      Optional<Duration> timeout)
      implements FenceDevice {
    public Agent {
      // Not Map.copyOf: its order differs from run to run, and plans must not.
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
      secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
    }
  }

  /** A program of the operator's own, called with {@code on}, {@code off} or {@code status}. */
  record Command(List<String> command, Optional<Duration> timeout) implements FenceDevice {
    public Command {
      command = List.copyOf(command);
    }
  }
}

package replctl.playbooks.decide.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import replctl.playbooks.snapshot.Peers;
import replctl.playbooks.world.Facts;

/**
 * A server that was asked.
 *
 * @param asked where, the first time
 * @param aliases all hosts at which it was asked, and that others have for it
 * @param facts its host's answer
 * @param peers what that says of others
 */
public record Found(Endpoint asked, List<String> aliases, Facts facts, Peers peers) {
  public Found {
    aliases = List.copyOf(aliases);
  }

  /** One that was asked there. */
  public static Found at(Endpoint asked, Facts facts, Peers peers) {
    return new Found(asked, List.of(asked.host()), facts, peers);
  }

  /** The same, that is known by this too. */
  Found known(String alias) {
    if (alias.isEmpty() || aliases.contains(alias)) {
      return this;
    }
    List<String> all = new ArrayList<>(aliases);
    all.add(alias);
    return new Found(asked, all, facts, peers);
  }

  /** The port at which it listens, by its host's word. */
  public int port() {
    return (int) facts.number("port").orElse(asked.port());
  }

  /** The addresses of its host, by its own word. */
  public List<String> addresses() {
    return facts.text("addresses").map(t -> List.of(t.trim().split("\\s+"))).orElse(List.of());
  }

  /** Whether that is its host, as others see it. */
  boolean isOn(String host) {
    String wanted = host.toLowerCase(Locale.ROOT);
    return aliases.stream().anyMatch(a -> a.toLowerCase(Locale.ROOT).equals(wanted))
        || addresses().contains(wanted);
  }

  /** Whether both run on one machine. */
  boolean sharesHostWith(Found other) {
    Optional<String> machine = facts.text("machine_id");
    return machine.isPresent()
        && machine.equals(other.facts.text("machine_id"))
        && facts.text("boot_id").equals(other.facts.text("boot_id"));
  }
}

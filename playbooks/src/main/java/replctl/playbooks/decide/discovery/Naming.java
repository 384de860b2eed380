package replctl.playbooks.decide.discovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import replctl.inventory.NodeName;
import replctl.inventory.yaml.FreeName;

/** What the servers that were found are to be called, and at which host others reach them. */
public final class Naming {
  private Naming() {}

  /**
   * A server with its place in an inventory.
   *
   * @param doubt what is not certain of the host, a sentence
   */
  public record Named(Found server, NodeName name, String host, Optional<String> doubt) {}

  /** Every name by which a host may be known: whether it leads there is for a name service. */
  public static Set<String> toLookUp(Discovery discovery) {
    Set<String> names = new LinkedHashSet<>();
    discovery.found().forEach(f -> names.addAll(names(discovery, f)));
    return names;
  }

  /**
   * Names all. A host is declared by a name that leads to it, since that outlasts its address; else
   * by an address that others have for it.
   *
   * @param lookups the addresses of names, as the operator's host has them; none: not known
   */
  public static List<Named> of(Discovery discovery, Map<String, Set<String>> lookups) {
    Set<String> taken = new TreeSet<>();
    List<Named> all = new ArrayList<>();
    for (Found server : discovery.found()) {
      Set<String> own = new TreeSet<>(server.addresses());
      List<String> aliases = discovery.aliases(server);
      Optional<String> byName =
          names(discovery, server).stream()
              .filter(n -> leadsTo(lookups.getOrDefault(n, Set.of()), own, aliases))
              .findFirst();
      Optional<String> byAddress = aliases.stream().filter(Naming::isAddress).findFirst();
      String host = byName.or(() -> byAddress).orElse(server.asked().host());
      Optional<String> doubt =
          byName.isEmpty() && byAddress.isEmpty()
              ? Optional.of(
                  "decide: host, as the other nodes reach it; this is what was typed, and no name"
                      + " service has it here")
              : Optional.empty();
      String like =
          discovery
              .called(server)
              .or(() -> server.facts().text("hostname"))
              .orElse(server.asked().host());
      String name = FreeName.ofHost(like, "node", taken);
      taken.add(name);
      all.add(new Named(server, new NodeName(name), host, doubt));
    }
    // The same inventory from whichever server it began.
    all.sort(Comparator.comparing(Named::name));
    return all;
  }

  /** In the order in which they are preferred: as others call it, then as it calls itself. */
  private static List<String> names(Discovery discovery, Found server) {
    Set<String> names = new LinkedHashSet<>(discovery.aliases(server));
    server.facts().text("hostname").ifPresent(names::add);
    return names.stream().filter(n -> !isAddress(n) && !n.isBlank()).toList();
  }

  private static boolean leadsTo(Set<String> addresses, Set<String> own, List<String> aliases) {
    return addresses.stream()
        .anyMatch(a -> !a.startsWith("127.") && (own.contains(a) || aliases.contains(a)));
  }

  private static boolean isAddress(String host) {
    return host.matches("[0-9.]+") || host.contains(":");
  }
}

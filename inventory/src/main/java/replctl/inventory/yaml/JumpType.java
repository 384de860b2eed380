package replctl.inventory.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hosts to pass through: {@code [user@]host[:port]}, a list of them, or with commas between. */
record JumpType() implements Type<List<String>> {
  private static final String WHAT = "[user@]host[:port]";
  private static final AccountForm USER = new AccountForm("a user", 32);
  private static final HostForm HOST = new HostForm();

  @Override
  public Optional<List<String>> read(Spot spot) {
    List<String> jumps = new ArrayList<>();
    boolean good = true;
    if (spot.node() instanceof YamlNode.Items list) {
      for (int i = 0; i < list.items().size(); i++) {
        good &= hop(spot.item(i, list.items().get(i)), jumps);
      }
    } else {
      good = hops(spot, jumps);
    }
    return good ? Optional.of(List.copyOf(jumps)) : Optional.empty();
  }

  @Override
  public Shape shape() {
    Shape hop = new Shape.Text("^[A-Za-z0-9_:@,.%\\[\\] -]+$", false);
    return new Shape.AnyOf(List.of(hop, new Shape.ListOf(hop, 0)));
  }

  private static boolean hop(Spot spot, List<String> jumps) {
    if (spot.node() instanceof YamlNode.Text text && text.value().indexOf(',') >= 0) {
      spot.error("expected one " + WHAT + " an item, without commas");
      return false;
    }
    return hops(spot, jumps);
  }

  private static boolean hops(Spot spot, List<String> jumps) {
    if (!(spot.node() instanceof YamlNode.Text text) || text.isNothing()) {
      spot.expected(WHAT);
      return false;
    }
    boolean good = true;
    for (String hop : text.value().split(",", -1)) {
      Optional<String> why = wrong(hop.strip());
      if (why.isPresent()) {
        spot.error("expected " + WHAT + ", found " + Shown.quoted(hop.strip()) + ": " + why.get());
        good = false;
      } else {
        jumps.add(hop.strip());
      }
    }
    return good;
  }

  private static Optional<String> wrong(String hop) {
    int at = hop.indexOf('@');
    if (at >= 0 && USER.parse(hop.substring(0, at)) instanceof Parsed.Bad<String>) {
      return Optional.of("what stands before \"@\" is no user");
    }
    String rest = hop.substring(at + 1);
    int colon = rest.lastIndexOf(':');
    boolean bracketed = rest.startsWith("[");
    // Two colons without brackets are an IPv6 address and no port.
    boolean hasPort =
        colon > 0 && (bracketed ? rest.charAt(colon - 1) == ']' : rest.indexOf(':') == colon);
    if (hasPort) {
      Optional<Integer> port = WholeType.digits(rest.substring(colon + 1));
      if (port.isEmpty() || port.get() < 1 || port.get() > 65535) {
        return Optional.of("a port is a number from 1 to 65535");
      }
    }
    String host = hasPort ? rest.substring(0, colon) : rest;
    return HOST.parse(host) instanceof Parsed.Bad<String> bad
        ? Optional.of(bad.why())
        : Optional.empty();
  }
}

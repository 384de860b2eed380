package replctl.inventory.yaml;

import java.util.Optional;
import replctl.inventory.Redirect;

/**
 * An address and the length of its network's prefix: {@code 10.0.0.100/24}. The device is empty.
 */
record NetworkAddressForm() implements Form<Redirect.Vip> {
  @Override
  public String what() {
    return "an address with its prefix, such as 10.0.0.100/24";
  }

  @Override
  public String pattern() {
    return "^[0-9a-fA-F.:]+/[0-9]{1,3}$";
  }

  @Override
  public Parsed<Redirect.Vip> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return Parsed.bad("the prefix is missing", text + (text.indexOf(':') < 0 ? "/24" : "/64"));
    }
    String address = text.substring(0, slash);
    boolean six = address.indexOf(':') >= 0;
    Optional<byte[]> bytes = six ? IpAddress.v6(address) : IpAddress.v4(address);
    if (bytes.isEmpty()) {
      return Parsed.bad("not an IP address");
    }
    if (HostForm.unusable(bytes.get()) || "localhost".equals(HostForm.identity(address))) {
      return Parsed.bad("no host can share that address");
    }
    Optional<Integer> prefix = WholeType.digits(text.substring(slash + 1));
    return prefix.filter(bits -> bits >= 1 && bits <= (six ? 128 : 32)).isPresent()
        ? Parsed.good(new Redirect.Vip(address, prefix.get(), ""))
        : Parsed.bad("a prefix is from 1 to " + (six ? 128 : 32));
  }
}

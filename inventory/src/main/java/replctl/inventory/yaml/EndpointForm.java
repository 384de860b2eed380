package replctl.inventory.yaml;

import java.util.Optional;
import replctl.inventory.Redirect;

/** Where HAProxy's runtime API listens: {@code unix:/run/haproxy/admin.sock}, {@code lb1:9999}. */
record EndpointForm() implements Form<Redirect.Endpoint> {
  private static final String UNIX = "unix:";

  /** Linux's own limit, less the end of the text. */
  private static final int LONGEST = 107;

  @Override
  public String what() {
    return "unix:/PATH or HOST:PORT";
  }

  @Override
  public String pattern() {
    return "^(unix:/[^\\u0000-\\u001f\\u007f]+|[A-Za-z0-9_:.%\\[\\]-]+:[0-9]{1,5})$";
  }

  @Override
  public Parsed<Redirect.Endpoint> parse(String text) {
    if (text.startsWith("/")) {
      return Parsed.bad("", UNIX + text);
    }
    if (text.startsWith(UNIX)) {
      String path = text.substring(UNIX.length());
      if (!path.startsWith("/") || LocalPathType.hasControls(path)) {
        return Parsed.bad("a socket's path starts with \"/\"");
      }
      return path.length() > LONGEST
          ? Parsed.bad("a socket's path has at most " + LONGEST + " characters")
          : Parsed.good(new Redirect.Endpoint.Unix(path));
    }
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return Parsed.bad("the port is missing");
    }
    Optional<Integer> port = WholeType.digits(text.substring(colon + 1));
    if (port.isEmpty() || port.get() < 1 || port.get() > 65535) {
      return Parsed.bad("a port is from 1 to 65535");
    }
    String host = text.substring(0, colon);
    if (host.indexOf(':') >= 0 && !host.startsWith("[")) {
      return Parsed.bad("an IPv6 address stands in brackets before a port");
    }
    Parsed<String> parsed = new HostForm().parse(host);
    if (parsed instanceof Parsed.Bad<String> bad) {
      return Parsed.bad(bad.why());
    }
    String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return Parsed.good(new Redirect.Endpoint.Tcp(plain, port.get()));
  }
}

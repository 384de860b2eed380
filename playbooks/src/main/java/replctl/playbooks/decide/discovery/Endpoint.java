package replctl.playbooks.decide.discovery;

/**
 * Where a server is asked for.
 *
 * @param host name or address, by somebody's word
 * @param port of the server
 */
public record Endpoint(String host, int port) {
  @Override
  public String toString() {
    return host + " port " + port;
  }
}

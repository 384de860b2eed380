package replctl.it.storm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import replctl.it.site.PeerHosts;

/** pg_auto_failover, with its monitor on a host beside the nodes. */
final class AutoFailover extends Peer {
  private static final String DATA = "/var/lib/postgresql/17/monitor";
  private static final Pattern SETTLED =
      Pattern.compile("(primary|secondary) +\\| +(primary|secondary) *$", Pattern.MULTILINE);

  AutoFailover(PeerHosts hosts) {
    super(hosts);
  }

  @Override
  public String name() {
    return hosts().shell(PeerHosts.MONITOR, "pg_autoctl --version | head -n 1")
        + ", number_sync_standbys 1, its other defaults";
  }

  @Override
  String script() {
    return "pg_auto_failover.sh";
  }

  @Override
  String agent() {
    return "pg_autoctl";
  }

  /** Its agents carry it out: that of who leads is killed. */
  @Override
  public Call switchover(String from, String to) {
    return start(
        () -> killAgent(from),
        "postgres",
        PeerHosts.MONITOR,
        "pg_autoctl",
        "perform",
        "promotion",
        "--pgdata",
        DATA,
        "--name",
        to);
  }

  @Override
  public Call switchoverByAnother(String from, String to) {
    return switchover(from, to);
  }

  @Override
  public Duration switchoverTakes() {
    return Duration.ofSeconds(4);
  }

  /** 20 s of silence, and up to 30 in which an old leader may close. */
  @Override
  public Duration failoverTakes() {
    return Duration.ofSeconds(60);
  }

  @Override
  public Optional<String> seat() {
    return Optional.of(PeerHosts.MONITOR);
  }

  @Override
  public boolean finished() {
    String state =
        hosts()
            .shell(
                PeerHosts.MONITOR,
                "runuser -u postgres -- env HOME=/var/lib/postgresql pg_autoctl show state --pgdata "
                    + DATA);
    return SETTLED.matcher(state).results().count() == 3;
  }

  /** It opens and closes by itself. */
  @Override
  public List<Typed> lead(List<String> open) {
    return List.of();
  }

  /** It comes back by itself: to start its agent anew would cut off the copy that it makes. */
  @Override
  public List<Typed> rejoin(String node, String leader) {
    return List.of();
  }

  @Override
  public Duration heals() {
    return Duration.ofSeconds(60);
  }
}

package replctl.it.storm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import replctl.it.site.PeerHosts;

/** Patroni with etcd on a host beside the nodes. */
final class Patroni extends Peer {
  private static final String CTL = "/etc/patroni/ctl.yml";

  Patroni(PeerHosts hosts) {
    super(hosts);
  }

  @Override
  public String name() {
    return hosts().shell(PeerHosts.MONITOR, "patroni --version")
        + ", etcd 3.5, synchronous_mode: quorum, ttl 30, loop_wait 10, no watchdog device";
  }

  @Override
  String script() {
    return "patroni.sh";
  }

  @Override
  String agent() {
    return "patroni";
  }

  /** It hands over, and fails over, to those alone that it knows to be synchronous. */
  @Override
  public boolean finished() {
    return hosts()
            .shell(PeerHosts.MONITOR, "patronictl -c " + CTL + " list")
            .split("Quorum Standby", -1)
            .length
        == 3;
  }

  /** The agent of who leads carries it out: that is what is killed. */
  @Override
  public Call switchover(String from, String to) {
    return start(
        () -> killAgent(from),
        "postgres",
        PeerHosts.MONITOR,
        "patronictl",
        "-c",
        CTL,
        "switchover",
        "shop",
        "--leader",
        from,
        "--candidate",
        to,
        "--force");
  }

  @Override
  public Call switchoverByAnother(String from, String to) {
    return switchover(from, to);
  }

  @Override
  public Duration switchoverTakes() {
    return Duration.ofSeconds(4);
  }

  /** Its ttl, and one more round of its loop. */
  @Override
  public Duration failoverTakes() {
    return Duration.ofSeconds(40);
  }

  @Override
  public Optional<String> seat() {
    return Optional.of(PeerHosts.MONITOR);
  }

  /** It opens and closes by itself. */
  @Override
  public List<Typed> lead(List<String> open) {
    return List.of();
  }

  @Override
  public List<Typed> rejoin(String node, String leader) {
    return List.of(
        type(
            "postgres",
            PeerHosts.MONITOR,
            "patronictl",
            "-c",
            CTL,
            "reinit",
            "shop",
            node,
            "--force",
            "--wait"));
  }

  @Override
  public Duration heals() {
    return Duration.ofSeconds(60);
  }
}

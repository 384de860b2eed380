package replctl.it.site;

import java.util.List;
import replctl.it.Replctl;
import replctl.it.probe.ProbeProcess;

/** Hosts of a lab whose servers run under systemd, whichever engine's, and an operator beside. */
public interface Hosts extends AutoCloseable {
  /** The nodes that the operator declares. */
  List<String> nodes();

  Replctl replctl();

  /** One of the lab's verbs. */
  String lab(String... words);

  /** Runs a script as root on a host. */
  String shell(String node, String script);

  /** Begins statements on a server that go on beside the test. */
  BusySession busy(String node, String statements);

  /** Starts a client that writes. */
  ProbeProcess writes();

  /** Nodes whose server answers and takes writes. */
  List<String> leaders();

  /** Whether a node's server answers, and takes no writes. */
  boolean isClosed(String node);

  /** Waits until all others receive from the leader; fails after a minute. */
  void awaitFollowers(String leader);

  /** Operations that did not end. */
  List<String> unfinished();

  /** The server's unit of systemd. */
  String unit();

  /** Its data folder. */
  String data();

  /** replctl's folder on a node's host. */
  String state(String node);

  /** Sums, times, modes and owners of every file that configures a node, and its server's start. */
  String fingerprint(String node);

  /** The operator declares these alone; the other hosts are there, and none of the cluster's. */
  void only(String... nodes);

  /** The newest epoch that a node's host has a record of. */
  default int epoch(String node) {
    return Integer.parseInt(
        shell(node, "sed -n 's/^record \\([0-9]*\\) .*/\\1/p' " + state(node) + "/epoch"));
  }

  /** All have power, cables, and devices that work. */
  default void heal() {
    lab("heal");
    nodes().forEach(node -> lab("power", node, "on"));
  }

  /** The column POWER of the lab's own table. */
  default String power(String node) {
    return lab("status")
        .lines()
        .filter(line -> line.startsWith(node + " "))
        .map(line -> line.split(" +")[3])
        .findFirst()
        .orElseThrow();
  }

  /** Whether systemd is kept from starting a node's server. */
  default boolean isMasked(String node) {
    return shell(node, "systemctl is-enabled " + unit() + " || :").equals("masked");
  }

  /** The processes that have a node's data folder for their own; none: an empty text. */
  default String processes(String node) {
    return shell(
        node,
        "for p in /proc/[0-9]*/cwd; do [ \"$(readlink $p)\" != " + data() + " ] || echo $p; done");
  }

  /** The hosts stay up for the next test. */
  @Override
  void close();
}

package replctl.it.storm;

import java.util.List;
import java.util.Optional;
import replctl.it.probe.Client;

/** Three hosts of the lab with a cluster of one engine, as the storm strikes and asks them. */
interface Field extends AutoCloseable {
  /** For the table's head. */
  String name();

  List<String> nodes();

  /** While followers are drilled: where all must acknowledge, a drill would stop writes. */
  String DRILLED = "{mode: semi-sync, acks: 1, on_lost_sync: block}";

  /**
   * A cluster that all follow, and a database for clients, which has no row yet; fencing devices,
   * where the tool has such, have been drilled.
   */
  void setUp();

  /** One of the lab's verbs. */
  String lab(String... words);

  /** What changes its leaders. */
  Tool tool();

  /** How a client on a node's own host logs in to its server. */
  Client.Door door(String node);

  /** Ends all processes of a node's server, without a word to them. */
  void killServer(String node);

  /** Whether a node's server is open, by its own word; empty: it does not answer. */
  Optional<Boolean> open(String node);

  /** Whether a node receives from that leader and applies, by its own word. */
  boolean follows(String node, String leader);

  /** What a server has said lately, for who looks into it; words instead where it can't be had. */
  String log(String node);

  /** How many rows the probe's table has there, and their sum; empty: it does not answer. */
  Optional<String> digest(String node);

  @Override
  void close();
}

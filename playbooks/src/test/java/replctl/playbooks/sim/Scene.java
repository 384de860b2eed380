package replctl.playbooks.sim;

import java.util.List;
import java.util.Set;
import replctl.inventory.Cluster;
import replctl.inventory.Hooks;
import replctl.inventory.NodeName;
import replctl.inventory.Redirect;
import replctl.playbooks.engine.Engine;

/**
 * A world with a cluster of one engine in it, as the cases that every engine has in common see it.
 *
 * @param <S> the engine's simulated servers
 */
public interface Scene<S extends SimServer> {
  /** The world. */
  SimWorld world();

  /** What is declared. */
  Cluster cluster();

  /** The engine. */
  Engine engine();

  /** The server of a node. */
  S server(String node);

  /** Where replctl's files lie on a host. */
  String state(SimHost host);

  /** Whether operations leave that file behind, each as it was done last. */
  default boolean isLeft(String file) {
    return file.endsWith("/epoch")
        || file.contains("/operations/")
        // An address is where the leader is.
        || file.startsWith(SimHost.VOLATILE);
  }

  /** What an operation of this engine has left half done on a host that it is not to leave. */
  List<String> untidy(SimHost host);

  /** What is wrong with how the cluster follows that leader, by this engine's own terms. */
  List<String> wrongUnder(SimServer leader);

  /** Whether an operation has had that node stand still, and not let it go on. */
  boolean standsStill(String node);

  /** How many followers a write waits for there. */
  int waitsFor(SimServer leader);

  /** Followers whose word counts for a write there. */
  Set<NodeName> counting(SimServer leader);

  /** Somebody has every server wait for so many of the others, whichever leads. */
  void haveThemWait(int needed);

  /** Whether it is closed as a fence closes it: stopped, and nothing would open it. */
  boolean isClosed(SimHost host);

  /** What a fence that was lifted has left of a node that led. */
  void wasFenced(String node);

  /** A stopped node that lost its power while it led: nothing on its disk says that it must not. */
  void ledBefore(NodeName node);

  /** The same with programs of the operator's own, and ways in which clients are led. */
  Scene<S> with(Hooks hooks, List<Redirect> redirects);

  /** Somebody makes it a leader, with what a promotion leaves in its data. */
  void promote(NodeName node);

  /** Somebody opens a follower to writes, and does no more. */
  void openByHand(NodeName node);

  /** Somebody has a follower receive from that one. */
  void follow(NodeName node, NodeName from);

  /** Somebody stops its server. */
  void stop(NodeName node);

  /** Somebody has its service manager start its server. */
  void start(NodeName node);

  /** The same with one more node declared, on a host with the engine's package and nothing else. */
  Scene<S> withOneMore();

  /** Whether that leader sends to a follower, as it is to send to a member. */
  boolean feeds(SimServer leader, NodeName node);

  /** Whether that leader has anything of one that has left, or sends to it. */
  boolean keepsFor(SimServer leader, NodeName node);

  /** Whether a leader lets nobody in who has left, whatever that one's own host knows. */
  boolean shutsOut();

  /** The node of that number: the first leads when a case begins. */
  default NodeName node(int number) {
    return cluster().nodes().get(number - 1).name();
  }

  /** The node that leads when a case begins. */
  default S first() {
    return server(node(1).value());
  }
}

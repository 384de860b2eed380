package replctl.cli.wiring;

import java.time.Duration;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.journal.Journal;
import replctl.playbooks.observe.CheckupLook;
import replctl.playbooks.observe.LiveLook;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.observe.UrgentLook;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.World;

/**
 * A cluster with everything that a verb needs to work on it. Closing it ends all connections.
 *
 * @param end called once, when the verb is over
 * @param inMaintenance whether it was typed that maintenance is not to stand in the way
 */
public record Session(
    Inventory inventory,
    Cluster cluster,
    World world,
    Engine engine,
    Runnable end,
    boolean inMaintenance)
    implements AutoCloseable {
  /** One in which maintenance stands in the way. */
  public Session(Inventory inventory, Cluster cluster, World world, Engine engine, Runnable end) {
    this(inventory, cluster, world, engine, end, false);
  }

  /** The same for somebody who has typed that maintenance is not to stand in the way. */
  public Session despiteMaintenance() {
    return new Session(inventory, cluster, world, engine, end, true);
  }

  /** One look at every node. */
  public Snapshot look(Duration perNode) {
    // Connections come first: the questions are put together meanwhile.
    world.hosts().warm(cluster.nodes().stream().map(n -> Place.on(n.name())).toList());
    return typed(Observer.look(world, engine, cluster, perNode));
  }

  /** One look at every node, with what only a checkup wants to know. */
  public Snapshot checkup(Duration perNode) {
    return CheckupLook.look(world, engine.checkup(), cluster, look(perNode), perNode);
  }

  private Snapshot typed(Snapshot seen) {
    return inMaintenance ? seen.despiteMaintenance() : seen;
  }

  /** One look at a cluster that has lost a host. */
  public Snapshot urgentLook(Duration perNode) {
    world.hosts().warm(cluster.nodes().stream().map(n -> Place.on(n.name())).toList());
    return typed(UrgentLook.look(world, engine, cluster, cluster.fencing().sshPatience(), perNode));
  }

  /** Looks again and again, at little cost. */
  public LiveLook live() {
    return new LiveLook(world, engine, cluster);
  }

  /** The cluster's operations. */
  public Journal journal() {
    return new Journal(world.store(), cluster.name());
  }

  @Override
  public void close() {
    end.run();
  }
}

package replctl.playbooks.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What must hold of any cluster when an operation is over and the world has come to rest.
 *
 * @param <S> the engine's simulated servers
 */
public final class ClusterChecks<S extends SimServer> {
  private final Scene<S> scene;
  private final List<String> wrong = new ArrayList<>();
  private String left = "";

  public ClusterChecks(Scene<S> scene) {
    this.scene = scene;
  }

  public List<String> wrong() {
    return wrong;
  }

  /** One that has left need not follow. */
  public ClusterChecks<S> without(String node) {
    left = node;
    return this;
  }

  private List<S> servers() {
    return scene.world().hosts().stream()
        .filter(h -> !(h.server() instanceof NoServer))
        .map(h -> scene.server(h.name().value()))
        .toList();
  }

  /** Just one leader, which has every acknowledged write. */
  public Optional<S> leader() {
    List<S> open = servers().stream().filter(SimServer::open).toList();
    if (open.size() != 1) {
      wrong.add(open.size() + " servers are open in the end");
      return Optional.empty();
    }
    int lost = scene.world().clients().missing(open.get(0)).size();
    if (lost > 0) {
      wrong.add(lost + " acknowledged writes are lost");
    }
    return Optional.of(open.get(0));
  }

  /** Everybody who runs follows it, and is what it is. */
  public void allFollow(SimServer leader) {
    for (SimHost host : scene.world().hosts()) {
      SimServer server = host.server();
      if (host.name().value().equals(left) || server == leader || server instanceof NoServer) {
        continue;
      }
      if (server.divergesUnnoticed(leader)) {
        wrong.add(host.name() + " has other data than its leader");
      } else if (!server.follows(leader)) {
        wrong.add(host.name() + " does not follow: " + server.trouble());
      }
    }
  }

  /** Clients get acknowledgements again. */
  public void writesGoOn() {
    SimWorld world = scene.world();
    int before = world.clients().acknowledged();
    // Where all followers are waited for, one that answers late by chance holds up all for a while.
    for (int i = 0; i < 10 && world.clients().acknowledged() == before; i++) {
      world.time().pass(300 * SimTime.MS);
    }
    if (world.clients().acknowledged() == before) {
      wrong.add("no write is acknowledged any more");
    }
  }

  /** What belongs to others is as it was; nothing of replctl's is half done; locks are free. */
  public void tidy(List<String> scratch) {
    for (SimHost host : scene.world().hosts()) {
      if (!"belongs to somebody else".equals(host.files().get("/etc/other.conf"))) {
        wrong.add(host.name() + ": a file that is not replctl's was changed");
      }
      String state = scene.state(host);
      for (String left : scratch) {
        if (host.files().containsKey(state + "/" + left)) {
          wrong.add(host.name() + " keeps " + left);
        }
      }
      wrong.addAll(scene.untidy(host));
      if (host.locked()) {
        wrong.add(host.name() + " is still locked");
      }
    }
  }
}

package replctl.playbooks.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.OwnProgram;
import replctl.inventory.Redirect;
import replctl.playbooks.engine.Gateways;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.snapshot.Unready;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.World;

/** Looks, before a change of leader, whether what lies around the cluster could do its part. */
public final class RedirectLook {
  private static final Answer LATE = Answer.unknown(Trouble.OVERDUE, "no answer in time");

  private final World world;
  private final Cluster cluster;
  private final List<NodeName> answering;

  private RedirectLook(World world, Cluster cluster, Snapshot seen) {
    this.world = world;
    this.cluster = cluster;
    this.answering =
        seen.nodes().stream().filter(n -> n.contact().answered()).map(NodeView::name).toList();
  }

  /** One question, and what it is about. */
  private record Ask(Redirect about, Place on, ScriptCall call) {}

  /**
   * Looks at the inventory's hooks and redirects; runs and changes nothing.
   *
   * @param seen nodes that did not answer are not asked again
   * @param limit how long the gateways may take, all together
   */
  public static Unready look(World world, Cluster cluster, Snapshot seen, Duration limit) {
    return new RedirectLook(world, cluster, seen).look(limit);
  }

  private Unready look(Duration limit) {
    Map<Redirect, List<String>> found = new LinkedHashMap<>();
    cluster.redirects().forEach(redirect -> found.put(redirect, new ArrayList<>()));
    for (Redirect redirect : cluster.redirects()) {
      if (redirect instanceof Redirect.Program own) {
        unready(own.program()).ifPresent(found.get(redirect)::add);
      }
    }
    List<Ask> asks = asks();
    if (!asks.isEmpty()) {
      world
          .fanout()
          .each(asks, ask -> ask(ask, limit), world.clock().in(limit.plusMillis(500)))
          .forEach(
              (ask, answer) -> {
                Answer said = answer.orElse(LATE);
                if (!said.isDone()) {
                  found.get(ask.about()).add(words(ask, said));
                }
              });
    }
    return new Unready(
        cluster.hooks().beforePromotion().flatMap(this::unready),
        cluster.hooks().afterPromotion().flatMap(this::unready),
        found.values().stream().flatMap(List::stream).toList());
  }

  private Answer ask(Ask ask, Duration limit) {
    return world
        .hosts()
        .run(ask.on(), ask.call().as(ScriptCall.Mode.PROBE), world.clock().in(limit));
  }

  private static String words(Ask ask, Answer said) {
    String where = ask.on().label();
    String why = said.words();
    return ask.about().label()
        + ": "
        + (ask.on() instanceof Place.Operator || why.startsWith(where) ? "" : where + ": ")
        + why;
  }

  /** A node that does not answer now, or never leads, need not be able to hold an address. */
  private List<Ask> asks() {
    List<Ask> asks = new ArrayList<>();
    List<NodeName> all = cluster.nodes().stream().map(Node::name).toList();
    int number = 0;
    for (Redirect redirect : cluster.redirects()) {
      number++;
      if (redirect instanceof Redirect.Vip vip) {
        cluster.nodes().stream()
            .filter(node -> node.mayLead() && answering.contains(node.name()))
            .forEach(
                node ->
                    asks.add(
                        new Ask(vip, Place.on(node.name()), Gateways.address(vip, Gateways.LOOK))));
      } else if (redirect instanceof Redirect.Haproxy haproxy) {
        ScriptCall call =
            Gateways.haproxy(haproxy, Gateways.LOOK, all.get(0), all.subList(1, all.size()));
        asks.add(new Ask(haproxy, Gateways.place(haproxy, number), call));
      } else if (redirect instanceof Redirect.Pgbouncer pooler) {
        asks.add(
            new Ask(
                pooler,
                Gateways.place(pooler, number),
                Gateways.pooler(cluster, pooler, number, Gateways.LOOK, all.get(0))));
      }
    }
    return asks;
  }

  private Optional<String> unready(OwnProgram program) {
    Answer answer = world.surroundings().ready(program.command());
    return answer.isDone() ? Optional.empty() : Optional.of(answer.words());
  }
}

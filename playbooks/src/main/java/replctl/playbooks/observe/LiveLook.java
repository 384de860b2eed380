package replctl.playbooks.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Heard;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.World;

/**
 * Looks again and again at little cost: hosts are surveyed every ten seconds, and in between only
 * servers are asked, over connections that stay open. A host is surveyed at once where its server
 * does not answer or is not what it was.
 */
public final class LiveLook {
  /** How old what only a survey finds may be: disks, settings, slots. */
  private static final Duration SURVEY_EVERY = Duration.ofSeconds(10);

  /** What is refused now will be refused in a second too, and each refusal is in a server's log. */
  private static final Duration REST = Duration.ofSeconds(10);

  /** An open connection takes a few ms; a new one through SSH takes some round trips. */
  private static final Duration SERVER_LIMIT = Duration.ofSeconds(2);

  private final Asking asking;
  private final Map<NodeName, Heard> surveyed = new LinkedHashMap<>();
  private final Map<NodeName, Deadline> rests = new HashMap<>();
  private final Set<NodeName> noted = new LinkedHashSet<>();
  private final List<ServerNote> notes = new ArrayList<>();
  private Deadline due = new Deadline(0);
  private Optional<Snapshot> last = Optional.empty();

  public LiveLook(World world, Engine engine, Cluster cluster) {
    asking = new Asking(world, engine, cluster);
  }

  /**
   * One more look. What a host or a network does is in the snapshot, never thrown.
   *
   * @param perNode how long each node may take; all of them together take no longer
   */
  public Snapshot look(Duration perNode) {
    Instant at = asking.world().clock().now();
    Deadline end = asking.world().clock().in(perNode);
    Map<NodeName, Answer> told = new HashMap<>();
    Map<NodeName, Heard> heard = new LinkedHashMap<>();
    if (last.isEmpty() || isPast(due)) {
      heard.putAll(survey(asking.names(), perNode, told));
      due = asking.world().clock().in(SURVEY_EVERY);
    } else {
      heard.putAll(between(perNode, end, told));
    }
    Snapshot seen = asking.engine().survey().read(asking.cluster(), at, heard);
    last = Optional.of(seen);
    told.forEach((node, answer) -> judge(seen.node(node), answer));
    return seen;
  }

  /** What is to be said of servers that can't be asked over their own protocol, once of each. */
  public List<ServerNote> notes() {
    return List.copyOf(notes);
  }

  private Map<NodeName, Heard> between(Duration perNode, Deadline end, Map<NodeName, Answer> told) {
    List<NodeName> servers = asking.names().stream().filter(this::isAskable).toList();
    List<NodeName> hosts =
        new ArrayList<>(asking.names().stream().filter(n -> !servers.contains(n)).toList());
    Duration half = perNode.dividedBy(2);
    Duration limit = half.compareTo(SERVER_LIMIT) < 0 ? half : SERVER_LIMIT;
    Map<NodeName, Heard> heard = new LinkedHashMap<>();
    asking
        .ask(List.of(), servers, limit, limit)
        .forEach((part, answer) -> told.put(part.node(), answer));
    for (NodeName node : servers) {
      fresh(surveyed.get(node), told.get(node))
          .ifPresentOrElse(h -> heard.put(node, h), () -> hosts.add(node));
    }
    if (!hosts.isEmpty()) {
      heard.putAll(survey(hosts, asking.world().clock().left(end), told));
    }
    return heard;
  }

  private Map<NodeName, Heard> survey(
      List<NodeName> nodes, Duration perNode, Map<NodeName, Answer> told) {
    Map<NodeName, Heard> heard = asking.hosts(nodes, perNode, told);
    surveyed.putAll(heard);
    return heard;
  }

  /** What is known with this answer; empty when the host must be asked. */
  private Optional<Heard> fresh(Heard before, Answer server) {
    if (!server.isDone()) {
      return Optional.empty();
    }
    if (!before.host().isDone()) {
      return Optional.of(new Heard(before.host(), Optional.of(server)));
    }
    Optional<Facts> facts =
        asking.engine().survey().refreshed(before.host().facts(), server.facts());
    return facts.map(f -> Heard.of(new Answer.Done(f)));
  }

  private boolean isPast(Deadline moment) {
    return asking.world().clock().nanos() - moment.atNanos() >= 0;
  }

  private boolean isAskable(NodeName node) {
    boolean runs = last.map(s -> s.node(node).presence() == Presence.RUNNING).orElse(false);
    return runs && Optional.ofNullable(rests.get(node)).map(this::isPast).orElse(true);
  }

  /** A server that runs by its host's word and does not answer here is spared for a while. */
  private void judge(NodeView seen, Answer server) {
    boolean passing = server.kind() == Trouble.CUT || server.kind() == Trouble.OVERDUE;
    if (server.isDone() || passing || seen.presence() != Presence.RUNNING) {
      return;
    }
    rests.put(seen.name(), asking.world().clock().in(REST));
    if (noted.add(seen.name())) {
      Node declared = asking.cluster().node(seen.name()).orElseThrow();
      notes.add(ServerNote.of(declared, server));
    }
  }
}

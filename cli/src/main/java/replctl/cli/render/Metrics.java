package replctl.cli.render;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import replctl.cli.Version;
import replctl.inventory.Node;
import replctl.playbooks.decide.Debts;
import replctl.playbooks.decide.candidate.Candidate;
import replctl.playbooks.decide.candidate.Candidates;
import replctl.playbooks.fence.Drill;
import replctl.playbooks.fence.Drills;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Disk;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.verb.Closing;
import replctl.playbooks.verb.monitor.Monitored;

/** {@code metrics}: what was seen of clusters as gauges. What is not known is left out. */
public final class Metrics {
  private final List<Seen> all;
  private final List<OpenMetrics.Family> families = new ArrayList<>();

  /**
   * One cluster in one look.
   *
   * @param took how long the look took
   */
  public record Seen(Look look, Monitored told, Duration took) {}

  private Metrics(List<Seen> all) {
    this.all = all;
  }

  /** The whole page. */
  public static String text(List<Seen> all) {
    Metrics metrics = new Metrics(all);
    metrics.replctl();
    metrics.clusters();
    metrics.nodes();
    metrics.hosts();
    return OpenMetrics.text(metrics.families);
  }

  private void replctl() {
    families.add(
        new OpenMetrics.Family(
            "replctl_build_info",
            "",
            "The version of replctl, which is in its label.",
            List.of(new OpenMetrics.Sample(Map.of("version", Version.text()), BigDecimal.ONE))));
  }

  private void clusters() {
    cluster(
        "replctl_look_timestamp_seconds",
        "seconds",
        "When the cluster was looked at and some node answered.",
        s -> answers(s) ? seconds(s.look().seen().at()) : Optional.empty());
    cluster(
        "replctl_look_duration_seconds",
        "seconds",
        "How long looking at the cluster took.",
        s -> Optional.of(seconds(s.took())));
    samples(
        "replctl_check_state",
        "",
        "What replctl check says: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.",
        (s, to) ->
            s.told()
                .verdicts()
                .forEach(
                    v ->
                        to.accept(
                            sample(
                                whole(v.state().code()),
                                "cluster",
                                name(s),
                                "check",
                                v.aspect().word()))));
    cluster(
        "replctl_cluster_epoch",
        "",
        "The epoch of the newest leader record.",
        s -> s.look().seen().epochs().newest().map(LeaderRecord::epoch).map(Metrics::whole));
    cluster(
        "replctl_cluster_writable_nodes",
        "",
        "Nodes that are seen to take writes: 1 where all is well.",
        s -> answers(s) ? Optional.of(whole(s.look().seen().writable().size())) : Optional.empty());
    cluster(
        "replctl_cluster_candidates",
        "",
        "Nodes that could lead after a switchover.",
        s ->
            s.look().seen().leader().isPresent()
                ? Optional.of(
                    whole(
                        Candidates.of(s.look().cluster(), s.look().seen()).ranked().stream()
                            .filter(Candidate::eligible)
                            .count()))
                : Optional.empty());
    cluster(
        "replctl_cluster_acks_needed",
        "",
        "Followers that must have a write before it is acknowledged.",
        s -> acks(s).map(a -> whole(a.needed())));
    cluster(
        "replctl_cluster_acks_present",
        "",
        "Followers that may acknowledge and receive now.",
        s -> acks(s).map(a -> whole(a.present().size())));
    cluster(
        "replctl_cluster_loss_with_leader_bytes",
        "bytes",
        "What would be lost of acknowledged writes if the leader were lost now.",
        s -> s.look().ready().loss().map(l -> number(l.bytes())).orElse(Optional.empty()));
    cluster(
        "replctl_cluster_maintenance",
        "",
        "Whether hands are off: 1 while a maintenance is in force.",
        s -> recorded(s, truth(s.look().seen().epochs().handsOff().isPresent())));
    cluster(
        "replctl_operation_in_progress",
        "",
        "Whether an operation holds the cluster and is not over.",
        s -> recorded(s, truth(s.look().seen().epochs().open().isPresent())));
  }

  private void nodes() {
    node(
        "replctl_node_up",
        "",
        "Whether the host of the node answers.",
        (s, n) -> Optional.of(truth(n.contact().answered())));
    node(
        "replctl_node_server_running",
        "",
        "Whether its server answers.",
        (s, n) ->
            n.presence() == Presence.UNKNOWN
                ? Optional.empty()
                : Optional.of(truth(n.presence() == Presence.RUNNING)));
    node(
        "replctl_node_writable",
        "",
        "Whether it takes writes.",
        (s, n) -> n.server().map(server -> truth(server.writable())));
    samples(
        "replctl_node_role",
        "",
        "What its server is: 1 for one of the roles.",
        (s, to) -> s.look().seen().nodes().forEach(n -> roles(s, n, to)));
    node(
        "replctl_node_streaming",
        "",
        "Whether a follower receives at this moment.",
        (s, n) -> n.server().flatMap(Server::streaming).map(Metrics::truth));
    node(
        "replctl_replication_lag_seconds",
        "seconds",
        "Age of the oldest change that a follower has not applied.",
        (s, n) -> follower(n).flatMap(f -> f.lag().time()).map(Metrics::seconds));
    node(
        "replctl_replication_lag_bytes",
        "bytes",
        "Written by the leader and not yet applied here.",
        (s, n) -> follower(n).flatMap(f -> number(f.lag().bytes())));
    node(
        "replctl_replication_not_received_bytes",
        "bytes",
        "Written by the leader and not yet received here.",
        (s, n) -> follower(n).flatMap(f -> number(f.lag().received())));
  }

  private void hosts() {
    node(
        "replctl_fence_owed",
        "",
        "Whether it was closed from outside and its own disk does not say so yet.",
        (s, n) -> recorded(s, truth(Debts.of(s.look().seen()).contains(n.name()))));
    node(
        "replctl_fence_drill_timestamp_seconds",
        "seconds",
        "When its fence devices were tried last.",
        (s, n) ->
            Optional.ofNullable(drills(s).last().get(n.name()))
                .map(Drill::at)
                .flatMap(Metrics::seconds));
    node(
        "replctl_fence_drill_passed",
        "",
        "Whether these very devices were seen to switch this host, lately enough.",
        (s, n) ->
            declared(s, n)
                .filter(d -> !d.fence().isEmpty() && answers(s))
                .map(d -> truth(drills(s).passed(d, s.look().seen().at()))));
    disk("replctl_disk_used_bytes", "Used of a file system with files of the server.", Disk::used);
    disk("replctl_disk_free_bytes", "Free on it for the server.", Disk::free);
    node(
        "replctl_certificate_end_timestamp_seconds",
        "seconds",
        "When the certificate of its server ends.",
        (s, n) -> NodeState.certificateEnd(n).flatMap(Metrics::seconds));
  }

  private void disk(String name, String help, Function<Disk, Long> bytes) {
    samples(
        name,
        "bytes",
        help,
        (s, to) -> {
          for (NodeView n : s.look().seen().nodes()) {
            n.server().map(server -> Disk.of(server.facts())).orElse(List.of()).stream()
                .map(
                    d ->
                        sample(
                            whole(bytes.apply(d)),
                            "cluster",
                            name(s),
                            "node",
                            n.name().value(),
                            "mount",
                            d.mount()))
                .forEach(to);
          }
        });
  }

  private static void roles(Seen s, NodeView n, Consumer<OpenMetrics.Sample> to) {
    for (Role role : Role.values()) {
      to.accept(
          sample(
              truth(n.role() == role),
              "cluster",
              name(s),
              "node",
              n.name().value(),
              "role",
              InventoryPrinter.word(role)));
    }
  }

  private interface OfNode {
    Optional<BigDecimal> value(Seen seen, NodeView node);
  }

  private void node(String name, String unit, String help, OfNode value) {
    samples(
        name,
        unit,
        help,
        (s, to) ->
            s.look()
                .seen()
                .nodes()
                .forEach(
                    n ->
                        value
                            .value(s, n)
                            .map(v -> sample(v, "cluster", name(s), "node", n.name().value()))
                            .ifPresent(to)));
  }

  private void cluster(
      String name, String unit, String help, Function<Seen, Optional<BigDecimal>> value) {
    samples(
        name,
        unit,
        help,
        (s, to) -> value.apply(s).map(v -> sample(v, "cluster", name(s))).ifPresent(to));
  }

  private void samples(
      String name, String unit, String help, BiConsumer<Seen, Consumer<OpenMetrics.Sample>> each) {
    List<OpenMetrics.Sample> samples = new ArrayList<>();
    all.forEach(s -> each.accept(s, samples::add));
    families.add(new OpenMetrics.Family(name, unit, help, samples));
  }

  private static OpenMetrics.Sample sample(BigDecimal value, String... labels) {
    Map<String, String> byName = new LinkedHashMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      byName.put(labels[i], labels[i + 1]);
    }
    return new OpenMetrics.Sample(byName, value);
  }

  private static String name(Seen s) {
    return s.look().cluster().name().value();
  }

  private static boolean answers(Seen s) {
    return s.look().seen().nodes().stream()
        .anyMatch(n -> n.contact().answered() || n.server().isPresent());
  }

  /** What the newest record says is known only where one is. */
  private static Optional<BigDecimal> recorded(Seen s, BigDecimal value) {
    return s.look().seen().epochs().newest().map(r -> value);
  }

  private static Optional<Acks> acks(Seen s) {
    return s.look().seen().leader().flatMap(NodeView::server).flatMap(Server::acks);
  }

  private static Optional<Server> follower(NodeView node) {
    return node.server().filter(server -> server.role() == Role.FOLLOWER);
  }

  private static Optional<Node> declared(Seen s, NodeView node) {
    return s.look().cluster().node(node.name());
  }

  private static Drills drills(Seen s) {
    return Closing.drills(s.look().seen());
  }

  private static BigDecimal truth(boolean truth) {
    return truth ? BigDecimal.ONE : BigDecimal.ZERO;
  }

  private static BigDecimal whole(long number) {
    return BigDecimal.valueOf(number);
  }

  private static Optional<BigDecimal> number(OptionalLong number) {
    return number.isPresent() ? Optional.of(whole(number.getAsLong())) : Optional.empty();
  }

  private static BigDecimal seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3);
  }

  private static Optional<BigDecimal> seconds(Instant at) {
    return Optional.of(BigDecimal.valueOf(at.toEpochMilli(), 3));
  }
}

package replctl.playbooks.epoch;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import replctl.inventory.ClusterName;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Electorate;
import replctl.playbooks.plan.Voter;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/**
 * Asks a cluster's hosts side by side.
 *
 * @param owner who asks: user, host, process
 */
record VoterCalls(World world, ClusterName cluster, Electorate electorate, String owner) {
  /** A host that does not answer by then has not granted it, as far as is known. */
  private static final Duration LIMIT = Duration.ofSeconds(8);

  Map<NodeName, Answer> everywhere(Function<Voter, ScriptCall> call) {
    return ask(electorate.hosts(), call);
  }

  /** Hosts that did not answer when the plan was made are asked too, and not waited for. */
  Map<NodeName, Answer> ask(List<Voter> hosts, Function<Voter, ScriptCall> call) {
    List<Voter> waited = hosts.stream().filter(Voter::answers).toList();
    Map<Voter, Optional<Answer>> heard =
        world
            .fanout()
            .until(
                there -> !waited.isEmpty() && there.keySet().containsAll(waited),
                hosts,
                h -> world.hosts().run(h.place(), call.apply(h), world.clock().in(LIMIT)),
                world.clock().in(LIMIT.plusSeconds(1)));
    Map<NodeName, Answer> answers = new LinkedHashMap<>();
    for (Voter host : hosts) {
      answers.put(
          host.name(),
          heard
              .getOrDefault(host, Optional.empty())
              .orElseGet(() -> Answer.unknown(Trouble.OVERDUE, "no answer yet")));
    }
    return answers;
  }

  /** A script of those that every host has, for that operation. */
  ScriptCall call(Voter host, String operation, String script, Map<String, Value> values) {
    Map<String, Value> all = new TreeMap<>(values);
    all.put("cluster_name", Value.of(cluster.value()));
    all.put("node_name", Value.of(host.name().value()));
    all.put("operation", Value.of(operation));
    all.put("owner", Value.of(owner));
    all.put("lock_wait", Value.of("5"));
    if (!host.state().isEmpty()) {
      all.put("state_directory", Value.of(host.state()));
    }
    return ScriptCall.perform(new Script("voter", script), all);
  }
}

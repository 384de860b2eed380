package replctl.playbooks.run;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import replctl.playbooks.epoch.Promise;
import replctl.playbooks.epoch.Promises;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Value;

/**
 * In whose name a process changes hosts: every script that it runs there shows what the operation
 * was promised.
 *
 * @param promise empty for a plan that needs none
 */
record Mandate(Plan plan, Promises promises, Optional<Promise> promise) {
  /** What a script at that place is told of it. */
  SortedMap<String, Value> values(Place on) {
    SortedMap<String, Value> values = new TreeMap<>();
    values.put("operation", Value.of(plan.op()));
    if (promise.isPresent() && !(on instanceof Place.Operator)) {
      values.put("promise", Value.of(Long.toString(promise.get().epoch())));
      values.put("owner", Value.of(promise.get().owner()));
      values.put("cluster_name", Value.of(plan.cluster().value()));
      values.put("node_name", Value.of(on.label()));
    }
    return values;
  }

  /** Has it written down who leads. */
  Answer record(LeaderRecord wanted) {
    return promise
        .map(p -> promises.record(p, wanted))
        .orElseGet(() -> new Answer.Done(Facts.of(Map.of())));
  }

  /** Whether it is written down. */
  Answer isRecorded(LeaderRecord wanted) {
    return promise
        .map(p -> promises.isRecorded(p, wanted))
        .orElseGet(() -> new Answer.Done(Facts.of(Map.of())));
  }
}

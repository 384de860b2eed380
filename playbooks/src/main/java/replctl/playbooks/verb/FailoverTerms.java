package replctl.playbooks.verb;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Sequel;
import replctl.playbooks.snapshot.Lowered;

/**
 * What a failover began with and goes on by, whoever resumes it.
 *
 * @param to who is to lead; empty: priority decides
 * @param broken why a leader that answers is given up
 * @param mostLoss bytes; {@link Long#MAX_VALUE}: any
 * @param acks at most how many a write may wait for on the new leader, and who has typed that
 * @param identity what makes a server one of this cluster; empty: it was not seen
 * @param strangers in words, those that are not
 */
record FailoverTerms(
    Optional<NodeName> to,
    Optional<String> broken,
    long mostLoss,
    Optional<Lowered> acks,
    Optional<String> identity,
    List<String> strangers) {
  private static final String TO = "to";
  private static final String BROKEN = Sequel.LEADER_IS_BROKEN;
  private static final String LOSS = "accept-loss";

  /** How {@link #LOSS} says that any loss is accepted. */
  private static final String ANY = "any";

  private static final String ACKS = "acks";

  /** Who has typed {@link #ACKS}. */
  private static final String BY = "acks-by";

  private static final String IDENTITY = "identity";
  private static final String STRANGERS = "strangers";

  static FailoverTerms of(Sequel asked) {
    String loss = asked.option(LOSS).orElse(ANY);
    return new FailoverTerms(
        asked.option(TO).map(NodeName::new),
        asked.option(BROKEN),
        loss.equals(ANY) ? Long.MAX_VALUE : Long.parseLong(loss),
        asked
            .option(ACKS)
            .map(acks -> new Lowered(Integer.parseInt(acks), asked.option(BY).orElse(""))),
        asked.option(IDENTITY),
        asked.option(STRANGERS).map(words -> words.lines().toList()).orElse(List.of()));
  }

  Sequel sequel() {
    SortedMap<String, String> asked = new TreeMap<>();
    to.ifPresent(node -> asked.put(TO, node.value()));
    broken.ifPresent(why -> asked.put(BROKEN, why));
    asked.put(LOSS, mostLoss == Long.MAX_VALUE ? ANY : Long.toString(mostLoss));
    acks.ifPresent(
        lowered -> {
          asked.put(ACKS, Integer.toString(lowered.acks()));
          asked.put(BY, lowered.by());
        });
    identity.ifPresent(its -> asked.put(IDENTITY, its));
    if (!strangers.isEmpty()) {
      asked.put(STRANGERS, String.join("\n", strangers));
    }
    return new Sequel(asked);
  }
}

package replctl.playbooks.plan;

import java.util.List;
import java.util.stream.Stream;
import replctl.inventory.NodeName;

/**
 * Whose word an operation needs before it may change anything.
 *
 * @param epoch the number that is asked for first: above all that were seen
 * @param minority whether it may begin without a majority, and take the place of an operation whose
 *     process is silent
 * @param first whether this is a new cluster, whose hosts get their vote with this promise
 * @param over operations that are over, or that this one takes the place of
 * @param hosts all that are to keep the promise, those with a vote among them
 */
public record Electorate(
    long epoch, boolean first, boolean minority, List<String> over, List<Voter> hosts) {
  /** Nobody need be asked: for a plan that is only looked at. */
  public static final Electorate NOBODY = new Electorate(0, false, false, List.of(), List.of());

  public Electorate {
    over = List.copyOf(over);
    hosts = List.copyOf(hosts);
  }

  /** Whether nobody need be asked. */
  public boolean isNobody() {
    return hosts.isEmpty();
  }

  /** Those whose word counts. */
  public Stream<Voter> voters() {
    return hosts.stream().filter(Voter::votes);
  }

  /** The host of that name. */
  public Stream<Voter> host(NodeName name) {
    return hosts.stream().filter(h -> h.name().equals(name));
  }
}

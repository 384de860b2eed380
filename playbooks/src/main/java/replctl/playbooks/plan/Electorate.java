package replctl.playbooks.plan;

import java.util.List;
import java.util.stream.Stream;
import replctl.inventory.NodeName;

/**
 * Whose word an operation needs before it may change anything.
 *
 * @param epoch the number that is asked for first: above all that were seen
 * @param record the epoch of the newest record that was seen, on which the plan rests; 0: there was
 *     none
 * @param minority whether it may begin without a majority, and take the place of an operation whose
 *     process is silent
 * @param first whether this is a new cluster, whose hosts get their vote with this promise
 * @param over operations that are over, or that this one takes the place of
 * @param hosts all that are to keep the promise, those with a vote among them
 * @param quorums of each of these sets more than half must agree: the recorded voters, and where
 *     the operation changes them, those that there will be. Nobody can be asked who is in a set and
 *     no host
 */
public record Electorate(
    long epoch,
    long record,
    boolean first,
    boolean minority,
    List<String> over,
    List<Voter> hosts,
    List<List<NodeName>> quorums) {
  /** Nobody need be asked: for a plan that is only looked at. */
  public static final Electorate NOBODY = new Electorate(0, 0, false, false, List.of(), List.of());

  public Electorate {
    over = List.copyOf(over);
    hosts = List.copyOf(hosts);
    quorums = quorums.stream().map(List::copyOf).toList();
  }

  /** One that changes no voters. */
  public Electorate(
      long epoch,
      long record,
      boolean first,
      boolean minority,
      List<String> over,
      List<Voter> hosts) {
    this(
        epoch,
        record,
        first,
        minority,
        over,
        hosts,
        List.of(hosts.stream().filter(Voter::votes).map(Voter::name).toList()));
  }

  /** Whether nobody need be asked. */
  public boolean isNobody() {
    return hosts.isEmpty();
  }

  /** The same once the change of voters is recorded: only those that there are now are asked. */
  public Electorate changed() {
    return new Electorate(epoch, record, first, minority, over, hosts, List.of(next()));
  }

  /** The voters of the record that this was made from. */
  public List<NodeName> recorded() {
    return quorums.get(0);
  }

  /** The voters that there will be. */
  public List<NodeName> next() {
    return quorums.get(quorums.size() - 1);
  }

  /** Whether this host gets its vote by this operation: it has promised nothing that counted. */
  public boolean joins(NodeName host) {
    return next().contains(host) && !recorded().contains(host);
  }

  /** The host of that name. */
  public Stream<Voter> host(NodeName name) {
    return hosts.stream().filter(h -> h.name().equals(name));
  }
}

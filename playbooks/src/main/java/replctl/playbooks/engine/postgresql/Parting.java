package replctl.playbooks.engine.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import replctl.playbooks.engine.postgresql.TimelineHistory.Fork;

/**
 * Where a node's history and its leader's part, told from their timelines alone.
 *
 * @param fork the last address that both can have; empty: they are on one timeline, with one
 *     history
 * @param own the node's stretches of log from the fork on, oldest first: whatever is in them it
 *     alone has. Of a node that is on an ancestor of the leader's timeline there may be nothing
 * @param branched whether the node is on a timeline that is not in the leader's history
 */
record Parting(Optional<Lsn> fork, List<Stretch> own, boolean branched) {
  /**
   * A part of a timeline.
   *
   * @param end empty: to its end
   */
  record Stretch(long timeline, Lsn start, Optional<Lsn> end) {
    @Override
    public String toString() {
      return timeline + " " + start + " " + end.map(Lsn::toString).orElse("-");
    }
  }

  Parting {
    own = List.copyOf(own);
  }

  /** As rejoin/tail.sh is told it: a line a stretch. */
  String scan() {
    return own.stream().map(Stretch::toString).collect(Collectors.joining("\n"));
  }

  /**
   * Compares.
   *
   * @return empty where the history of one is not known
   */
  static Optional<Parting> of(
      long node, TimelineHistory nodes, long leader, TimelineHistory leaders) {
    if (!leaders.known()) {
      return Optional.empty();
    }
    // A timeline whose own file is missing is known by its number in the leader's file.
    Optional<Fork> left = leaders.forks().stream().filter(f -> f.timeline() == node).findFirst();
    if (!nodes.known()) {
      return left.map(f -> ancestor(node, f.end()));
    }
    List<Fork> here = nodes.forks();
    List<Fork> there = leaders.forks();
    int i = 0;
    while (i < here.size() && i < there.size() && here.get(i).equals(there.get(i))) {
      i++;
    }
    Optional<Fork> hereNext = i < here.size() ? Optional.of(here.get(i)) : Optional.empty();
    Optional<Fork> thereNext = i < there.size() ? Optional.of(there.get(i)) : Optional.empty();
    long hereOn = hereNext.map(Fork::timeline).orElse(node);
    long thereOn = thereNext.map(Fork::timeline).orElse(leader);
    if (hereOn == thereOn && hereNext.isEmpty()) {
      return Optional.of(
          thereNext
              .map(f -> ancestor(node, f.end()))
              .orElse(new Parting(Optional.empty(), List.of(), false)));
    }
    if (hereOn != thereOn) {
      // Both left the timeline before at one address, for different ones.
      return i == 0
          ? Optional.empty()
          : Optional.of(branch(here, node, i, here.get(i - 1).end(), here.get(i - 1).end()));
    }
    // Both were on one timeline, and the one left it before the other.
    Lsn nodeLeft = hereNext.orElseThrow().end();
    Lsn first = thereNext.map(Fork::end).filter(l -> l.compareTo(nodeLeft) < 0).orElse(nodeLeft);
    return Optional.of(
        first.equals(nodeLeft)
            ? branch(here, node, i + 1, nodeLeft, nodeLeft)
            : branch(here, node, i, first, first));
  }

  private static Parting ancestor(long timeline, Lsn end) {
    return new Parting(
        Optional.of(end), List.of(new Stretch(timeline, end, Optional.empty())), false);
  }

  /** The node's timelines from an index of its history on. */
  private static Parting branch(List<Fork> here, long node, int index, Lsn fork, Lsn from) {
    List<Stretch> own = new ArrayList<>();
    Lsn start = from;
    for (int i = index; i < here.size(); i++) {
      own.add(new Stretch(here.get(i).timeline(), start, Optional.of(here.get(i).end())));
      start = here.get(i).end();
    }
    own.add(new Stretch(node, start, Optional.empty()));
    return new Parting(Optional.of(fork), own, true);
  }
}

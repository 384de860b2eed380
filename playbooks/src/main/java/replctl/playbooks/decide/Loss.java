package replctl.playbooks.decide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Gap;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Position;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/**
 * What of the acknowledged writes would be gone if the leader were lost at the moment of a look and
 * nothing else: by what the leader waits for, and by who is seen to have what. With S who may
 * acknowledge and k of them waited for, each write is on k of S, so that |S|-k+1 of S that are seen
 * have all of them together.
 *
 * @param fullest who has received most, where it matters
 * @param gap how much, as when they were asked: more may be written before the leader is lost;
 *     nothing where nothing acknowledged would be lost; unknown when not known
 * @param why it is not known; empty otherwise
 */
public record Loss(Kind kind, Optional<NodeName> fullest, Gap gap, String why) {
  /** The same in bytes of the log, where the engine counts them. */
  public OptionalLong bytes() {
    return gap.bytes();
  }

  /** Kinds of loss. */
  public enum Kind {
    /** Nothing that was acknowledged. */
    NONE,
    /** What the fullest follower has not received. */
    NOT_RECEIVED,
    UNKNOWN
  }

  static Loss of(NodeView leader, Snapshot seen) {
    Optional<Acks> known = leader.server().flatMap(Server::acks);
    if (known.isEmpty()) {
      return unknown(leader.name() + " does not say what it waits for");
    }
    Acks acks = known.get();
    if (acks.level() == Acks.Level.NOWHERE) {
      return unknown("the last acknowledged writes may be on no disk yet");
    }
    List<NodeView> copies = seen.nodes().stream().filter(n -> isCopy(leader, n)).toList();
    return acks.needed() == 0 ? notReceived(leader, copies) : ofAckers(acks, copies);
  }

  /**
   * What would be gone if the recorded leader is given up now and one of those that are seen leads:
   * by what was written down of whom it waited for, since it may not be asked any more. What it
   * waited for was never less than that.
   */
  public static Loss ofRecorded(LeaderRecord newest, Snapshot seen) {
    NodeView leader = seen.node(newest.leader());
    List<NodeView> following =
        seen.nodes().stream()
            .filter(n -> !n.name().equals(newest.leader()))
            .filter(Loss::follows)
            .toList();
    List<NodeView> copies = following.stream().filter(c -> isKept(c, following)).toList();
    if (newest.acks() == 0) {
      return leader.contact().answered() && leader.server().flatMap(Server::position).isPresent()
          ? notReceived(leader, copies.stream().filter(c -> isCopy(leader, c)).toList())
          : unknown(
              "writes waited for no follower, and what "
                  + newest.leader()
                  + " wrote last is not seen");
    }
    List<String> others =
        newest.ackers().stream()
            .filter(acker -> copies.stream().noneMatch(c -> c.name().equals(acker)))
            .map(NodeName::value)
            .toList();
    return others.size() < newest.acks()
        ? new Loss(Kind.NONE, Optional.empty(), Gap.NONE, "")
        : unknown(
            "an acknowledged write may be on "
                + Durability.joined(others, "and")
                + " only, and what is there is not seen");
  }

  private static boolean follows(NodeView node) {
    return node.contact().answered()
        && node.presence() == Presence.RUNNING
        && node.role() == Role.FOLLOWER;
  }

  /** One that strayed is left out, and with it whatever none of the others has. */
  private static boolean isKept(NodeView copy, List<NodeView> following) {
    Optional<Position> at = copy.server().flatMap(Server::position);
    if (at.filter(Position::strays).isEmpty()) {
      return true;
    }
    List<Position> faithful =
        following.stream()
            .flatMap(n -> n.server().flatMap(Server::position).stream())
            .filter(p -> !p.strays())
            .toList();
    return faithful.isEmpty()
        || faithful.stream()
            .map(p -> p.compare(at.get().shared()))
            .anyMatch(o -> o == Position.Order.EQUAL || o == Position.Order.AFTER);
  }

  private static Loss ofAckers(Acks acks, List<NodeView> copies) {
    if (acks.anybody()) {
      return unknown("whatever connects may have acknowledged");
    }
    List<String> others = new ArrayList<>();
    for (NodeName acker : acks.ackers()) {
      if (copies.stream().noneMatch(c -> c.name().equals(acker))) {
        others.add(acker.value());
      }
    }
    others.addAll(acks.strangers());
    // A write may be on these only, when all that were waited for are among them.
    return others.size() < acks.needed()
        ? new Loss(Kind.NONE, Optional.empty(), Gap.NONE, "")
        : unknown(
            "an acknowledged write may be on "
                + Durability.joined(others, "and")
                + " only, and what is there is not seen");
  }

  private static Loss notReceived(NodeView leader, List<NodeView> copies) {
    Optional<NodeView> fullest =
        copies.stream()
            .filter(c -> missing(leader, c).isKnown())
            .min(Comparator.comparing(c -> missing(leader, c)));
    return fullest
        .map(f -> new Loss(Kind.NOT_RECEIVED, Optional.of(f.name()), missing(leader, f), ""))
        .orElseGet(() -> unknown("how much a follower has received is not seen"));
  }

  /** A follower whose server answers, with the leader's data and no other history. */
  private static boolean isCopy(NodeView leader, NodeView node) {
    Optional<String> identity = leader.server().flatMap(Server::identity);
    Optional<Position> leaders = leader.server().flatMap(Server::position);
    return node.contact().answered()
        && node.presence() == Presence.RUNNING
        && node.role() == Role.FOLLOWER
        && identity.isPresent()
        && node.server().flatMap(Server::identity).equals(identity)
        && node.server()
            .flatMap(Server::position)
            .flatMap(p -> leaders.map(p::compare))
            .filter(order -> order != Position.Order.DIVERGED)
            .isPresent();
  }

  /** A follower that is asked later than the leader may be further: then it lacks nothing. */
  private static Gap missing(NodeView leader, NodeView copy) {
    Server follower = copy.server().orElseThrow();
    OptionalLong counted = follower.lag().received();
    return counted.isPresent()
        ? Gap.ofBytes(counted.getAsLong())
        : leader
            .server()
            .flatMap(Server::position)
            .flatMap(at -> follower.position().map(at::past))
            .orElse(Gap.UNKNOWN);
  }

  private static Loss unknown(String why) {
    return new Loss(Kind.UNKNOWN, Optional.empty(), Gap.UNKNOWN, why);
  }
}

package replctl.playbooks.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Acks.Level;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/** What an acknowledged write means on a cluster as it was seen, in words. */
public final class Durability {
  private Durability() {}

  /** One line: where an acknowledged write is, and what happens when one of those is lost. */
  public static String words(Snapshot seen) {
    List<NodeView> writable = seen.writable();
    if (writable.size() > 1) {
      return "none: " + ClusterRules.names(writable) + " take writes apart from each other";
    }
    Optional<NodeView> leader = seen.leader();
    if (leader.isEmpty()) {
      return "not known: no leader is seen";
    }
    Optional<Acks> known = leader.flatMap(NodeView::server).flatMap(Server::acks);
    return known
        .map(acks -> words(leader.get().name(), acks))
        .orElse("not known: " + leader.get().name() + " does not say what it waits for");
  }

  private static String words(NodeName leader, Acks acks) {
    if (acks.level() == Level.NOWHERE) {
      return "an acknowledged write may be on no disk yet; a crash of "
          + leader
          + " alone loses the last of them";
    }
    if (acks.needed() == 0) {
      return "an acknowledged write is on "
          + leader
          + " alone; if "
          + leader
          + " is lost, what no follower has received is lost";
    }
    List<String> sentences = new ArrayList<>();
    sentences.add("an acknowledged write is on " + leader + " and " + where(acks));
    sentences.add(whenLost(acks));
    if (acks.anybody()) {
      sentences.add("whatever connects may acknowledge, so that it may be on no node of these");
    } else if (!acks.strangers().isEmpty()) {
      sentences.add(
          String.join(", ", acks.strangers())
              + (acks.strangers().size() == 1 ? " is no node" : " are no nodes")
              + " of the inventory, and may acknowledge");
    }
    return String.join("; ", sentences);
  }

  private static String where(Acks acks) {
    List<String> names = new ArrayList<>(acks.ackers().stream().map(NodeName::value).toList());
    names.addAll(acks.strangers());
    String these;
    if (acks.anybody()) {
      these = acks.needed() == 1 ? "any one follower" : "any " + acks.needed() + " followers";
    } else if (acks.needed() >= names.size()) {
      these = joined(names, "and");
    } else if (acks.inOrder()) {
      these =
          acks.needed() == 1
              ? "the first of " + joined(names, "and") + " that is connected"
              : "the first "
                  + acks.needed()
                  + " of "
                  + joined(names, "and")
                  + " that are connected";
    } else {
      these =
          acks.needed() == 1
              ? (names.size() == 2 ? joined(names, "or") : "one of " + joined(names, "and"))
              : acks.needed() + " of " + joined(names, "and");
    }
    return switch (acks.level()) {
      case RECEIVED -> "in the memory of " + these;
      case APPLIED -> these + ", where queries see it";
      case NOWHERE, LEADER, FLUSHED -> these;
    };
  }

  private static String whenLost(Acks acks) {
    List<String> present = acks.present();
    if (acks.waiting()) {
      return "writes wait now: "
          + present.size()
          + " of "
          + acks.needed()
          + (acks.needed() == 1 ? " needed follower receives" : " needed followers receive");
    }
    String wait =
        "writes wait"
            + acks.patience()
                .map(
                    p ->
                        String.format(
                            Locale.ROOT, " %.1f s, and then for nobody", p.toMillis() / 1000.0))
                .orElse("");
    return switch (present.size() - acks.needed()) {
      case 0 ->
          present.size() == 1
              ? "if " + present.get(0) + " is lost, " + wait
              : "if one of them is lost, " + wait;
      case 1 -> "if one of them is lost, writes go on; if two are, " + wait;
      default ->
          "if "
              + (present.size() - acks.needed())
              + " of them are lost, writes go on; if one more is, "
              + wait;
    };
  }

  /** {@code pg2}, {@code pg2 and pg3}, {@code pg2, pg3 and pg4}. */
  static String joined(List<String> names, String last) {
    int end = names.size() - 1;
    return end < 1
        ? String.join("", names)
        : names.stream().limit(end).collect(Collectors.joining(", "))
            + " "
            + last
            + " "
            + names.get(end);
  }
}

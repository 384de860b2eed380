package replctl.playbooks.engine.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.inventory.Size;
import replctl.playbooks.engine.Ladder;
import replctl.playbooks.engine.Rung;

/**
 * Follow, inject, clone: which of them a node can come back by, and why not by the others. Pure.
 */
final class MysqlRejoinLadder {
  static final String FOLLOW = "follow";
  static final String INJECT = "inject";
  static final String CLONE = "clone";

  /** As many empty transactions a leader is given at most (inject.sh). */
  private static final long MOST_INJECTED = 1000;

  /** Longer sets are told by their number. */
  private static final int SET_SHOWN = 200;

  private final MysqlRemains has;
  private final NodeName node;
  private final NodeName leader;
  private final NodeName from;

  private MysqlRejoinLadder(MysqlRemains has) {
    this.has = has;
    this.node = has.goal().node();
    this.leader = has.goal().leader();
    this.from = has.goal().from();
  }

  static Ladder of(MysqlRemains has) {
    MysqlRejoinLadder ladder = new MysqlRejoinLadder(has);
    return new Ladder(
        ladder.tail(),
        List.of(
            new Rung(FOLLOW, ladder.againstFollow()),
            new Rung(INJECT, ladder.againstInject()),
            new Rung(CLONE, ladder.againstClone())),
        ladder.notes());
  }

  private Optional<String> tail() {
    if (!has.hasTail()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    if (!has.own().isEmpty()) {
      words.add(
          node
              + " has "
              + counted(has.own())
              + " that "
              + leader
              + " has not, "
              + shown(has.own())
              + did());
    }
    if (!has.waiting().isEmpty()) {
      words.add(
          node
              + " has received and not applied "
              + counted(has.waiting())
              + " that "
              + leader
              + " has not, "
              + shown(has.waiting()));
    }
    return Optional.of(String.join("; ", words));
  }

  /** When they were committed and what they changed, as far as its binary logs say. */
  private String did() {
    String times =
        has.node()
            .text("own.first")
            .map(
                first ->
                    ", committed from " + first + " to " + has.node().text("own.last").orElse("?"))
            .orElse("");
    String what = has.node().text("own.what").map(w -> ": " + w).orElse("");
    if (has.wasRead()) {
      return times + (what.isEmpty() ? ": they changed nothing" : what);
    }
    return has.lost().isEmpty()
        ? times + what + "; not all of that could be read from its binary logs in time"
        : times + what + "; its binary logs have no more what " + shown(has.lost()) + " changed";
  }

  static String counted(GtidSet set) {
    return set.count() + (set.count() == 1 ? " transaction" : " transactions");
  }

  static String shown(GtidSet set) {
    String text = set.toString();
    return text.length() <= SET_SHOWN ? text : text.substring(0, SET_SHOWN) + "...";
  }

  /** What stands in the way of whatever needs the node's own data. */
  private boolean unusable(List<String> against) {
    if (has.absent()) {
      against.add("there is no data on " + node);
      return true;
    }
    has.unknown().ifPresent(why -> against.add("what " + node + " has can't be told: " + why));
    if (!has.runs()) {
      wouldOpen(against);
    }
    return !against.isEmpty();
  }

  /**
   * A server that is down is started for every way, and for a copy each: it must be closed then.
   */
  private void wouldOpen(List<String> against) {
    if (!has.absent() && !has.startsClosed().orElse(false)) {
      against.add(
          node
              + "'s server may take writes when it is started"
              + has.node().text("closed.why").map(w -> ": " + w).orElse(""));
    }
  }

  private Optional<String> gone() {
    return has.gone().isEmpty()
        ? Optional.empty()
        : Optional.of(
            from + "'s binary logs have no more what " + node + " lacks: " + shown(has.gone()));
  }

  private List<String> againstFollow() {
    List<String> against = new ArrayList<>();
    if (unusable(against)) {
      return against;
    }
    if (!has.own().isEmpty()) {
      against.add(node + " has " + counted(has.own()) + " of its own, which " + leader + " lacks");
    }
    gone().ifPresent(against::add);
    return against;
  }

  private List<String> againstInject() {
    List<String> against = new ArrayList<>();
    if (unusable(against)) {
      return against;
    }
    if (has.own().isEmpty()) {
      against.add(node + " has nothing that " + leader + " would have to count as done");
      return against;
    }
    if (has.own().count() > MOST_INJECTED) {
      against.add(
          counted(has.own())
              + " are more than the "
              + MOST_INJECTED
              + " that are counted as done so");
    }
    if (!has.wasRead()) {
      against.add("what they changed on " + node + " could not be read");
    } else if (!has.harmless()) {
      against.add(
          "they changed "
              + node
              + "'s data, and "
              + leader
              + " would count them as done without having that: the two would differ unseen");
    }
    gone().ifPresent(against::add);
    return against;
  }

  private List<String> againstClone() {
    List<String> against = new ArrayList<>();
    wouldOpen(against);
    if (has.from().text("plugin.clone").filter("ACTIVE"::equals).isEmpty()) {
      against.add(from + " has the plugin clone not loaded: replctl init");
    }
    versions().ifPresent(against::add);
    MysqlRoom.lacks(
            node,
            has.node(),
            from,
            has.from(),
            has.absent() || has.keepsData() ? 0 : has.takes().orElse(0))
        .ifPresent(against::add);
    if (!has.absent() && !has.goal().replace() && !has.hasRoom()) {
      against.add(
          node
              + "'s old data takes "
              + new Size(has.takes().orElse(0))
              + " beside, and "
              + new Size(has.free().orElse(0))
              + " are free in "
              + has.node().text("aside.place").orElse("its state folder")
              + "; --replace lets it be deleted");
    }
    return against;
  }

  /**
   * From 8.4 on, and within 8.0 from 8.0.37 on, CLONE wants one series; before, one version (the
   * manual, "The Clone Plugin").
   */
  private Optional<String> versions() {
    Optional<String> here = has.node().text("version").or(() -> has.node().text("binary_version"));
    Optional<String> there = has.from().text("version");
    if (here.isEmpty() || there.isEmpty() || here.equals(there)) {
      return Optional.empty();
    }
    boolean series = series(here.get()).equals(series(there.get()));
    boolean loose = loose(here.get()) && loose(there.get());
    return series && loose
        ? Optional.empty()
        : Optional.of(
            node
                + " runs MySQL "
                + here.get()
                + " and "
                + from
                + " "
                + there.get()
                + ", and a clone wants the same "
                + (series ? "version" : "series"));
  }

  private static String series(String version) {
    return version.substring(0, Math.max(0, version.lastIndexOf('.')));
  }

  private static boolean loose(String version) {
    if (!series(version).equals("8.0")) {
      return true;
    }
    String patch = version.substring(version.lastIndexOf('.') + 1);
    return patch.matches("[0-9]{1,4}") && Integer.parseInt(patch) >= 37;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    MysqlAcknowledged.words(has).ifPresent(notes::add);
    opened().ifPresent(notes::add);
    if (!has.absent() && !has.exact() && has.unknown().isEmpty()) {
      notes.add(
          node
              + "'s server does not run: what it has was read from its binary logs, and is looked at"
              + " again when it runs, closed, before it receives");
    }
    if (!has.absent() && !has.keepsData()) {
      notes.add("should it be cloned, " + node + "'s old data is deleted and not kept: --replace");
    }
    has.node()
        .text("channels")
        .ifPresent(
            c ->
                notes.add(
                    node + " also receives by channels that replctl leaves as they are: " + c));
    return notes;
  }

  /** The first transaction of the one that leads says what it began with. */
  private Optional<String> opened() {
    if (has.own().isEmpty()) {
      return Optional.empty();
    }
    return has.from().number("opened.epoch").stream()
        .mapToObj(
            epoch ->
                has.from().text("opened.leader").orElse("?")
                    + " was opened as the leader in epoch "
                    + epoch
                    + ", at "
                    + has.from().text("opened.at").orElse("?")
                    + " by its own clock, without that")
        .filter(w -> lackedThen())
        .findFirst();
  }

  private boolean lackedThen() {
    return has.from()
        .text("opened.transactions")
        .flatMap(GtidSet::parse)
        .filter(then -> has.own().without(then).equals(has.own()))
        .isPresent();
  }
}

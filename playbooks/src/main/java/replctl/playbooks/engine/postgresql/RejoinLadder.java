package replctl.playbooks.engine.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.inventory.Size;
import replctl.playbooks.engine.Ladder;
import replctl.playbooks.engine.Rung;

/**
 * Follow, rewind, clone: which of them a node can come back by, and why not by the others. Pure.
 */
final class RejoinLadder {
  static final String FOLLOW = "follow";
  static final String REWIND = "rewind";
  static final String CLONE = "clone";

  private final Remains has;
  private final NodeName node;
  private final NodeName leader;
  private final NodeName from;
  private final FromArchive archive;

  private RejoinLadder(Remains has) {
    this.has = has;
    this.node = has.goal().node();
    this.leader = has.goal().leader();
    this.from = has.goal().from();
    this.archive = FromArchive.of(has);
  }

  static Ladder of(Remains has) {
    RejoinLadder ladder = new RejoinLadder(has);
    return new Ladder(
        ladder.tail(),
        List.of(
            new Rung(FOLLOW, ladder.againstFollow()),
            new Rung(REWIND, ladder.againstRewind()),
            new Rung(CLONE, ladder.againstClone())),
        ladder.notes());
  }

  private Optional<String> tail() {
    if (!has.hasTail() || has.broken()) {
      return Optional.empty();
    }
    String parted = has.parting().flatMap(Parting::fork).map(Lsn::toString).orElse("?");
    if (has.unlike()) {
      return Optional.of(
          "what "
              + node
              + " alone has can't be told from the rest: all of its timeline "
              + has.timeline().orElse(0)
              + " is kept");
    }
    if (!has.logWasRead() || (has.readInPart() && has.transactions() == 0)) {
      return Optional.of(
          node + " may have what " + leader + " has not, from " + parted + " on" + isGone());
    }
    String most = has.readInPart() ? "at least " : "";
    long transactions = has.transactions();
    String what =
        transactions == 0
            ? "no transaction, and " + has.records() + " records of the server's own,"
            : most + transactions + (transactions == 1 ? " transaction" : " transactions");
    String times =
        has.node()
            .text("tail.began")
            .map(
                began ->
                    ", committed from "
                        + began
                        + " to "
                        + has.node().text("tail.ended").orElse("?"))
            .orElse("");
    String last =
        has.node()
            .text("tail.last")
            .map(l -> "from " + parted + " to " + l)
            .orElse("from " + parted);
    return Optional.of(
        node + " has " + what + " that " + leader + " has not, " + last + times + isGone());
  }

  private String isGone() {
    if (!has.logIsGone()) {
      return "";
    }
    return "; the log right after that is gone from its pg_wal"
        + (archive.can() ? ", and fetched from the archive" : "");
  }

  private List<String> againstFollow() {
    List<String> against = new ArrayList<>();
    if (unusable(against)) {
      return against;
    }
    Optional<Parting> parting = has.parting();
    if (parting.isEmpty()) {
      against.add(unknownHistory());
      return against;
    }
    if (has.node().text("rewinding").isPresent()) {
      against.add("a rewind of " + node + " was begun");
    }
    if (has.unlike()) {
      against.add(twoOfOneNumber());
    } else if (parting.get().branched()) {
      against.add(
          node
              + " is on timeline "
              + has.timeline().orElse(0)
              + ", which is not in "
              + leader
              + "'s history: they parted at "
              + parting.get().fork().map(Lsn::toString).orElse("?"));
    } else if (has.records() > 0) {
      against.add(
          node
              + "'s log goes on beyond "
              + parting.get().fork().map(Lsn::toString).orElse("?")
              + ", where "
              + leader
              + "'s history left its timeline "
              + has.timeline().orElse(0));
    } else if (has.logIsGone() && parting.get().fork().isPresent()) {
      against.add(
          node
              + "'s own log from "
              + parting.get().fork().map(Lsn::toString).orElse("?")
              + " on, where "
              + leader
              + "'s history left its timeline "
              + has.timeline().orElse(0)
              + ", is gone from its pg_wal: what it has beyond can't be told");
    } else if (!has.logWasRead() || (has.readInPart() && parting.get().fork().isPresent())) {
      against.add("the end of " + node + "'s log could not be found in time");
    }
    gone().ifPresent(against::add);
    archive.againstFollow().ifPresent(against::add);
    return against;
  }

  /** No data, or none that may run. */
  private boolean unusable(List<String> against) {
    if (has.absent()) {
      against.add("there is no data on " + node);
    } else if (has.broken()) {
      against.add("a rewind of " + node + " was cut off: its data must never run");
    }
    return has.absent() || has.broken();
  }

  private String unknownHistory() {
    return "where "
        + node
        + "'s timeline "
        + has.timeline().orElse(0)
        + " comes from is not known, and "
        + leader
        + "'s history does not name it";
  }

  private String twoOfOneNumber() {
    return has.ahead()
        ? node
            + "'s log goes further than "
            + leader
            + "'s, on the same timeline "
            + has.timeline().orElse(0)
        : node
            + " and "
            + from
            + " both call their timeline "
            + has.timeline().orElse(0)
            + ", and their logs differ there";
  }

  /** Log that it needs and that is nowhere to be had. */
  private Optional<String> gone() {
    return archive.upstreamLacks() && !archive.can()
        ? Optional.of(
            from
                + " has no more the log that "
                + node
                + " needs, from "
                + has.needs().map(Lsn::toString).orElse("?")
                + " on, and "
                + node
                + " has no restore_command")
        : Optional.empty();
  }

  private List<String> againstRewind() {
    List<String> against = new ArrayList<>();
    if (unusable(against)) {
      return against;
    }
    Optional<Parting> parting = has.parting();
    if (parting.isEmpty()) {
      against.add(unknownHistory());
      return against;
    }
    boolean begun = has.node().text("rewinding").isPresent();
    boolean hints =
        has.node().text("control.wal_log_hints").equals(Optional.of("on"))
            || has.node().number("control.data_checksums").orElse(0) != 0;
    if (!hints) {
      against.add(
          node + " has neither checksums nor wal_log_hints, and pg_rewind needs one of them");
    }
    if (parting.get().branched() && has.timeline().equals(has.leaderTimeline())) {
      against.add(
          node
              + " and "
              + leader
              + " both call their timeline "
              + has.timeline().orElse(0)
              + ", and pg_rewind goes by that number");
    } else if (!has.hasTail() && !begun) {
      against.add(node + " has nothing that would have to be taken back");
    }
    if (has.node().truth("backup_label").orElse(false)) {
      against.add(node + "'s data is a copy that was never started");
    }
    if (has.leader().text("setting.full_page_writes").equals(Optional.of("off"))) {
      against.add(leader + " has full_page_writes off");
    }
    boolean role =
        PostgresqlDrift.roleAt(has.leader(), Accounts.REWIND)
            .flatMap(at -> has.leader().truth(at + ".may_rewind"))
            .orElse(false);
    if (!role) {
      against.add("the role " + Accounts.REWIND + " of " + leader + " can't do it: replctl init");
    }
    if (archive.leaderLacksTheFork()) {
      against.add(
          leader
              + " has no more its log from "
              + parting.get().fork().map(Lsn::toString).orElse("?")
              + " on, where "
              + node
              + " would go on");
    }
    if (archive.itLacksItsOwn()) {
      archive
          .againstRewind()
          .ifPresent(
              why ->
                  against.add(
                      node
                          + " has no more its own log from before "
                          + parting.get().fork().map(Lsn::toString).orElse("?")
                          + ", and "
                          + why));
    }
    return against;
  }

  private List<String> againstClone() {
    List<String> against = new ArrayList<>();
    if (has.absent() || has.goal().replace()) {
      return against;
    }
    if (!has.canBeSetAside()) {
      against.add(
          node
              + "'s data can't be set aside ("
              + (has.node().number("data.tablespaces").orElse(0) > 0
                  ? "it has tablespaces elsewhere"
                  : "it is a mount point, or the folder above it is not its user's")
              + "); --replace lets it be deleted");
    }
    if (!has.hasRoom()) {
      against.add(
          "a copy takes "
              + new Size(has.copyTakes().orElse(0))
              + " beside the data of "
              + node
              + ", and "
              + new Size(has.free().orElse(0))
              + " are free; --replace lets the data be deleted first");
    }
    return against;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    has.node()
        .text("fenced")
        .ifPresent(
            mark ->
                notes.add(
                    node
                        + " is fenced ("
                        + mark.strip()
                        + "): that ends as soon as it is a follower"));
    if (has.broken()) {
      notes.add(
          "what "
              + node
              + " alone had was saved before that rewind, in divergence/ of "
              + has.node().text("state_directory").orElse("its state folder"));
    }
    boolean follows = againstFollow().isEmpty();
    if (follows && archive.upstreamLacks()) {
      notes.add(
          "the log that "
              + node
              + " needs is gone from "
              + from
              + ": by follow its restore_command has to fetch it");
    }
    if (follows && has.stopped() && !has.alike()) {
      notes.add(
          "the end of "
              + node
              + "'s log could not be compared with "
              + from
              + "'s: its timeline alone was");
    }
    return notes;
  }
}

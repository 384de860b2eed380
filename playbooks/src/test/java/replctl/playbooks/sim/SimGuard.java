package replctl.playbooks.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The twin of guard/start/verdict.sh: what a start guard makes of the lines that it is given. The
 * same cases are tried on both.
 */
public final class SimGuard {
  /** A rule of opening by itself that can be deleted, to break the world on purpose. */
  public enum Rule {
    NEWEST_RECORD,
    NO_WRITABLE_PEER,
    NO_NEWER_HISTORY,
    NO_UNFINISHED_OPERATION,
    MAJORITY
  }

  /** What the server is to do. */
  public enum Verdict {
    START,
    /** It starts as a follower. */
    CLOSE,
    WAIT
  }

  /**
   * What follows, and by which rule.
   *
   * @param rule one word
   * @param why in words
   * @param next what can be typed; empty: nothing
   */
  public record Decision(Verdict verdict, String rule, String why, String next) {
    /** As {@code guard verdict} prints it. */
    public String line() {
      String word = verdict.name().toLowerCase(Locale.ROOT);
      return word + " " + rule + " " + why + (next.isEmpty() ? "" : " -> " + next);
    }
  }

  private record Open(long epoch, String operation) {}

  private final Set<Rule> deleted;
  private final Set<String> flags = new HashSet<>();
  private final Set<String> peers = new LinkedHashSet<>();
  private final Map<String, String> server = new HashMap<>();
  private final Map<String, Long> timeline = new HashMap<>();
  private final Map<String, String> has = new HashMap<>();
  private final Map<String, String> why = new HashMap<>();
  private final Map<String, Open> opens = new HashMap<>();
  private final Set<String> over = new HashSet<>();
  private String node = "";
  private long history;
  private String its = "timeline";
  private String permit = "";
  private String promise = "";
  private long newest;
  private String leader = "";
  private String voters = "";
  private String whose = "";
  private Optional<Decision> split = Optional.empty();

  private SimGuard(Set<Rule> deleted) {
    this.deleted = deleted;
  }

  /** Decides by all rules. */
  public static Decision verdict(String known) {
    return verdict(known, Set.of());
  }

  /** Decides without some. */
  public static Decision verdict(String known, Set<Rule> deleted) {
    SimGuard guard = new SimGuard(deleted);
    known.lines().forEach(guard::read);
    return guard.split.orElseGet(guard::decide);
  }

  private static String[] words(String text, int limit) {
    String[] words = text.strip().split(" +", limit);
    String[] all = new String[limit];
    for (int i = 0; i < limit; i++) {
      all[i] = i < words.length ? words[i] : "";
    }
    return all;
  }

  private void read(String line) {
    String[] head = words(line, 2);
    switch (head[0]) {
      case "node" -> node = head[1];
      case "history" -> {
        String[] of = words(head[1], 2);
        history = Long.parseLong(of[0]);
        its = of[1].isEmpty() ? its : of[1];
      }
      case "permit" -> permit = head[1];
      case "file", "promise", "record" -> said(node, head[0], head[1]);
      case "peer" -> {
        String[] of = words(head[1], 3);
        peers.add(of[0]);
        said(of[0], of[1], of[2]);
      }
      default -> flags.add(head[0]);
    }
  }

  private void said(String name, String kind, String rest) {
    String[] abc = words(rest, 3);
    switch (kind) {
      case "silent" -> why.put(name, rest);
      case "server" -> {
        server.put(name, abc[0]);
        timeline.put(name, Long.parseLong(abc[1]));
      }
      case "file" -> {
        has.put(name, abc[0]);
        why.put(name, (abc[1] + " " + abc[2]).strip());
      }
      case "promise" -> {
        if (abc[2].equals("open")) {
          opens.put(name, new Open(Long.parseLong(abc[0]), abc[1]));
        } else {
          over.add(abc[1]);
        }
        if (name.equals(node)) {
          promise = abc[0] + " " + abc[1];
        }
      }
      case "record" -> recorded(name, Long.parseLong(abc[0]), abc[1], abc[2]);
      default -> {}
    }
  }

  private void recorded(String name, long epoch, String leads, String all) {
    if (epoch > newest) {
      newest = epoch;
      leader = leads;
      voters = all;
      whose = name;
    } else if (epoch == newest && !leads.equals(leader) && split.isEmpty()) {
      split =
          Optional.of(
              of(
                  Verdict.WAIT,
                  "two-leaders",
                  "epoch "
                      + epoch
                      + " names "
                      + leader
                      + " by "
                      + whose
                      + "'s word and "
                      + leads
                      + " by "
                      + name
                      + "'s",
                  "replctl status"));
    }
  }

  private static Decision of(Verdict verdict, String rule, String why, String next) {
    return new Decision(verdict, rule, why, next);
  }

  private Decision decide() {
    String file = has.getOrDefault(node, "none");
    if (flags.contains("rewinding")) {
      return of(
          Verdict.WAIT,
          "rewinding",
          "a rewind of its data was cut off: it must not run",
          "replctl op list; replctl rejoin " + node);
    }
    if (flags.contains("follows")) {
      return of(Verdict.START, "follows", "it starts as a follower", "");
    }
    if (flags.contains("running")) {
      return of(
          Verdict.WAIT,
          "running",
          "processes of a server work on this data, and not as part of its unit",
          "replctl status");
    }
    if (flags.contains("fenced")) {
      return of(Verdict.CLOSE, "fenced", "it was fenced", "replctl rejoin " + node);
    }
    if (!leader.isEmpty() && !leader.equals(node) && !deleted.contains(Rule.NEWEST_RECORD)) {
      return of(
          Verdict.CLOSE,
          "succeeded",
          "epoch " + newest + " has the leader " + leader + ", by " + whose + "'s word",
          "replctl rejoin " + node);
    }
    if (file.equals("unreadable")) {
      return of(
          Verdict.WAIT,
          "unreadable",
          "its epoch file can't be believed: " + why.get(node),
          "replctl open " + node);
    }
    if (!permit.isEmpty() && permit.equals(promise)) {
      String operation = permit.substring(permit.indexOf(' ') + 1);
      return of(Verdict.START, "permit", "operation " + operation + " starts it", "");
    }
    boolean known = Stream.of("read", "novote").anyMatch(has.values()::contains);
    if (file.equals("none") && !known) {
      return of(Verdict.START, "unmanaged", "no epoch is known here or on a peer that answers", "");
    }
    if (!file.equals("read") && !file.equals("novote")) {
      return of(
          Verdict.WAIT,
          "gone",
          "it has no epoch file, and epochs are in use",
          "replctl open " + node);
    }
    return otherwise().or(this::unfinished).orElseGet(this::counted);
  }

  /** Another node speaks against it. */
  private Optional<Decision> otherwise() {
    for (String peer : peers) {
      String lead = "replctl status; replctl open " + peer + " --re-record, if " + peer;
      String says = server.getOrDefault(peer, "");
      if (says.equals("writable") && !deleted.contains(Rule.NO_WRITABLE_PEER)) {
        return Optional.of(
            of(Verdict.WAIT, "writable", peer + " takes writes", lead + " is to lead"));
      }
      if (says.equals("unknown")) {
        return Optional.of(
            of(
                Verdict.WAIT,
                "hung",
                peer + "'s server runs and does not say whether it takes writes",
                "replctl status"));
      }
      long at = timeline.getOrDefault(peer, 0L);
      if (at > history && !deleted.contains(Rule.NO_NEWER_HISTORY)) {
        return Optional.of(
            of(
                Verdict.WAIT,
                "newer",
                peer
                    + " is on "
                    + its
                    + " "
                    + at
                    + ", this node on "
                    + history
                    + ": "
                    + peer
                    + " was promoted",
                lead + " is to lead"));
      }
    }
    return Optional.empty();
  }

  private Optional<Decision> unfinished() {
    if (deleted.contains(Rule.NO_UNFINISHED_OPERATION)) {
      return Optional.empty();
    }
    for (String name : Stream.concat(Stream.of(node), peers.stream()).toList()) {
      Open open = opens.get(name);
      if (open != null && open.epoch() >= newest && !over.contains(open.operation())) {
        return Optional.of(
            of(
                Verdict.WAIT,
                "unfinished",
                "operation " + open.operation() + " is not over, by " + name + "'s word",
                "replctl op resume " + open.operation() + ", or abort"));
      }
    }
    return Optional.empty();
  }

  private Decision counted() {
    List<String> all =
        voters.isEmpty()
            ? Stream.concat(Stream.of(node), peers.stream()).toList()
            : List.of(voters.split(","));
    int needed = all.size() / 2 + 1;
    int votes = 0;
    List<String> absent = new ArrayList<>();
    for (String name : all) {
      if (has.getOrDefault(name, "").equals("read")) {
        votes++;
      } else {
        String words = why.getOrDefault(name, "");
        if (words.isEmpty()) {
          words = has.containsKey(name) ? "it has no vote" : "not known here: replctl init";
        }
        absent.add(name + " (" + words + ")");
      }
    }
    String count = votes + " of " + all.size() + " voters";
    if (votes < needed && !deleted.contains(Rule.MAJORITY)) {
      return of(
          Verdict.WAIT,
          "few",
          count + ", and " + needed + " are needed; without: " + String.join(", ", absent),
          "nothing if they come back; else replctl open " + node);
    }
    return of(Verdict.START, "majority", count + " know of no other leader than " + node, "");
  }
}

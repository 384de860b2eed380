package replctl.playbooks.decide.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import replctl.playbooks.decide.SameServer;
import replctl.playbooks.snapshot.Peers;
import replctl.playbooks.snapshot.Peers.Peer;

/**
 * How far the search for a cluster's servers has come: each that is found names others, and those
 * are asked next. Pure: whoever asks hands back what came of it.
 *
 * @param found in the order in which they were found
 * @param missing whom somebody replicates with, and who could not be asked or is somebody else
 * @param asked every place that was asked, so that none is asked twice
 */
public record Discovery(List<Found> found, List<Missing> missing, Set<Endpoint> asked) {
  /** More servers than replctl is for are a slip, or somebody who leads it on. */
  private static final int MOST = 500;

  public Discovery {
    found = List.copyOf(found);
    missing = List.copyOf(missing);
    asked = Set.copyOf(asked);
  }

  /**
   * A server that somebody tells of and that is not among those found.
   *
   * @param teller who tells of it
   * @param upstream whether the teller receives from it; else it receives from the teller
   * @param why it is not among them, a sentence
   */
  public record Missing(Found teller, Peer peer, boolean upstream, String why) {}

  /**
   * What came of asking at a place.
   *
   * @param found the server there; empty where there is none, or none was come to
   * @param why there is none, for people
   */
  public record Reply(Optional<Found> found, String why) {}

  /** Begins at one server. */
  public static Discovery from(Found first) {
    return new Discovery(List.of(first), List.of(), Set.of(first.asked()));
  }

  /** Whom a server tells of. */
  private record Told(Found teller, Peer peer, boolean upstream) {}

  /** Where to ask next; empty when all that is told of has been asked. */
  public Set<Endpoint> next() {
    Set<Endpoint> next = new LinkedHashSet<>();
    for (Told told : unknown()) {
      place(told).filter(at -> !asked.contains(at)).ifPresent(next::add);
      if (asked.size() + next.size() >= MOST) {
        break;
      }
    }
    return asked.size() >= MOST ? Set.of() : next;
  }

  /** The same with what came of asking there. */
  public Discovery with(Map<Endpoint, Reply> replies) {
    List<Found> all = new ArrayList<>(found);
    Map<Told, String> why = new LinkedHashMap<>();
    for (Told told : unknown()) {
      Reply reply = place(told).map(replies::get).orElse(null);
      if (reply == null) {
        continue;
      }
      Optional<Found> there = reply.found().filter(f -> isMeant(told, f));
      if (there.isPresent()) {
        add(all, there.get());
      } else {
        why.put(
            told,
            reply.found().isPresent()
                ? "the server at " + place(told).orElseThrow() + " is another"
                : reply.why());
      }
    }
    List<Missing> not = new ArrayList<>(missing);
    why.forEach((t, words) -> not.add(new Missing(t.teller(), t.peer(), t.upstream(), words)));
    Set<Endpoint> places = new LinkedHashSet<>(asked);
    places.addAll(replies.keySet());
    return new Discovery(all, not, places);
  }

  /** Asked at two names, one server is one. */
  private static void add(List<Found> all, Found one) {
    for (int i = 0; i < all.size(); i++) {
      if (SameServer.same(all.get(i).facts(), one.facts())) {
        all.set(i, all.get(i).known(one.asked().host()));
        return;
      }
    }
    all.add(one);
  }

  /** All that is missing in the end: also who can't be asked, since it is not known where. */
  public List<Missing> lacking() {
    List<Missing> all = new ArrayList<>();
    for (Told told : unknown()) {
      all.add(
          missing.stream()
              .filter(m -> m.peer().equals(told.peer()) && same(m.teller(), told.teller()))
              .findFirst()
              .orElseGet(
                  () -> new Missing(told.teller(), told.peer(), told.upstream(), why(told))));
    }
    return all;
  }

  private String why(Told told) {
    return place(told).isPresent()
        ? "it was not asked: more than " + MOST + " places were named"
        : "it is on the same host, and nobody says at which port";
  }

  /** The server that this one receives from. */
  public Optional<Found> upstream(Found follower) {
    return follower.peers().upstream().flatMap(p -> resolved(new Told(follower, p, true)));
  }

  /** Every host by which others know a server, and it itself was asked. */
  public List<String> aliases(Found server) {
    Set<String> all = new LinkedHashSet<>(server.aliases());
    for (Told told : told()) {
      if (!told.peer().host().isEmpty()
          && !isLoopback(told.peer().host())
          && resolved(told).filter(f -> same(f, server)).isPresent()) {
        all.add(told.peer().host());
      }
    }
    return List.copyOf(all);
  }

  /** What a server is called by those that replicate with it, or by itself. */
  public Optional<String> called(Found server) {
    return told().stream()
        .filter(t -> t.peer().name().isPresent())
        .filter(t -> resolved(t).filter(f -> same(f, server)).isPresent())
        .findFirst()
        .flatMap(t -> t.peer().name())
        .or(() -> server.peers().called());
  }

  private List<Told> unknown() {
    return told().stream().filter(t -> resolved(t).isEmpty()).toList();
  }

  private List<Told> told() {
    List<Told> all = new ArrayList<>();
    for (Found one : found) {
      Peers peers = one.peers();
      peers.upstream().ifPresent(p -> all.add(new Told(one, p, true)));
      peers.followers().forEach(p -> all.add(new Told(one, p, false)));
    }
    return all;
  }

  /** Where it is asked: a follower at its upstream's port, since only its connection is seen. */
  private static Optional<Endpoint> place(Told told) {
    Found teller = told.teller();
    String host = told.peer().host();
    boolean here = host.isEmpty() || isLoopback(host) || teller.isOn(host);
    if (here && told.peer().port().isEmpty()) {
      return Optional.empty();
    }
    int port = told.peer().port().orElse(teller.port());
    return here && port == teller.port()
        ? Optional.empty()
        : Optional.of(new Endpoint(here ? teller.asked().host() : host, port));
  }

  /** The server that is meant, where it has been found. */
  private Optional<Found> resolved(Told told) {
    Found teller = told.teller();
    Peer peer = told.peer();
    List<Found> others = found.stream().filter(f -> !same(f, teller)).toList();
    // A name of its own, as MySQL's servers have one, says more than an address.
    if (peer.self().isPresent() && !peer.self().equals(teller.peers().self())) {
      Optional<Found> known =
          others.stream().filter(f -> f.peers().self().equals(peer.self())).findFirst();
      if (known.isPresent()) {
        return known;
      }
    }
    boolean here = peer.host().isEmpty() || isLoopback(peer.host());
    List<Found> there =
        others.stream()
            .filter(f -> here ? f.sharesHostWith(teller) : f.isOn(peer.host()))
            .filter(f -> peer.port().isEmpty() || peer.port().getAsInt() == f.port())
            .filter(f -> isMeant(told, f))
            .toList();
    if (told.upstream()) {
      return there.stream().findFirst();
    }
    // A follower's port is not seen: of those there, the one that receives from the teller, and of
    // more than one the one of that name. So also one that is seen by the address of a gateway.
    List<Found> back =
        (there.isEmpty() ? others : there).stream().filter(f -> leads(f, teller)).toList();
    Optional<Found> named =
        back.stream()
            .filter(f -> peer.name().isPresent() && peer.name().equals(f.peers().called()))
            .findFirst();
    return named
        .or(
            () ->
                there.isEmpty() || back.size() != 1 ? Optional.empty() : back.stream().findFirst())
        .or(() -> there.size() == 1 ? there.stream().findFirst() : Optional.empty());
  }

  /** Whether that server is configured to receive from this one. */
  private static boolean leads(Found follower, Found teller) {
    return follower
        .peers()
        .upstream()
        .filter(
            p ->
                p.port().orElse(teller.port()) == teller.port()
                    && ((p.host().isEmpty() || isLoopback(p.host()))
                        ? follower.sharesHostWith(teller)
                        : teller.isOn(p.host())))
        .isPresent();
  }

  /** Whether a server there is the one that was meant: one that has its name, or may have it. */
  private static boolean isMeant(Told told, Found there) {
    Optional<String> wanted = told.peer().self();
    Optional<String> is = there.peers().self();
    if (wanted.isPresent()) {
      return wanted.equals(is);
    }
    // A follower that says no name of its own names the teller as whom it receives from.
    return told.upstream()
        || there
            .peers()
            .upstream()
            .filter(p -> p.self().isEmpty() || p.self().equals(told.teller().peers().self()))
            .isPresent();
  }

  private static boolean same(Found one, Found other) {
    return one.asked().equals(other.asked());
  }

  private static boolean isLoopback(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.equals("localhost") || lower.equals("::1") || lower.startsWith("127.");
  }
}

package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.ParameterState;
import replctl.playbooks.engine.ParameterWish;
import replctl.playbooks.engine.Parameters;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;

/** What speaks against a change of parameters. Pure. */
final class ParameterRules {
  /**
   * Values stand in plans and journals on every host. What looks like a password in them is refused
   * rather than kept.
   */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(pass(word|wd|phrase)?|pwd|secret|token|api_?key|access_?key(_id)?)\\s*[=:]\\s*\\S"
              + "|://[^/\\s:@]+:[^/\\s@]+@|PGPASSWORD|MYSQL_PWD");

  private final Site site;
  private final Parameters parameters;
  private final ParameterOptions options;

  ParameterRules(Site site, Parameters parameters, ParameterOptions options) {
    this.site = site;
    this.parameters = parameters;
    this.options = options;
  }

  /** Whether a value looks as if a password were in it. */
  static boolean looksSecret(String value) {
    return SECRET.matcher(value).find();
  }

  Optional<Refusal> against() {
    return owned()
        .or(this::secret)
        .or(() -> new RestartRules(site.cluster(), site.seen()).leaderless())
        .or(this::silent)
        .or(this::unknown)
        .or(this::written)
        .or(this::refusedByServer)
        .or(this::weak)
        .or(this::lower);
  }

  private Stream<NodeName> nodes() {
    return site.cluster().nodes().stream().map(n -> n.name()).filter(options::isFor);
  }

  private Optional<ParameterState> state(NodeName node, String name) {
    return ParameterState.of(site.facts(node), name);
  }

  private static Refusal no(String found, String... next) {
    return Refusal.of(Refusal.Code.E_PARAMETER_01, found, next);
  }

  private Optional<Refusal> owned() {
    for (ParameterWish wish : options.wishes()) {
      Optional<String> owner = parameters.owner(site.cluster(), wish.name());
      if (owner.isPresent()) {
        return Optional.of(
            no(
                wish.name() + " is not changed by this verb. It is changed by " + owner.get() + ".",
                "to see it: replctl parameter " + wish.name()));
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> secret() {
    for (ParameterWish wish : options.wishes()) {
      if (wish.value().filter(ParameterRules::looksSecret).isPresent()) {
        return Optional.of(
            no(
                "the value of "
                    + wish.name()
                    + " looks as if a password were in it, and values stand in plans and journals.",
                "put the secret into a file that only the server's user may read, and name that"));
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> silent() {
    for (NodeName node : nodes().toList()) {
      NodeView view = site.seen(node);
      Optional<String> why =
          !view.contact().answered()
              ? Optional.of("does not answer: " + view.contact().words())
              : view.presence() != Presence.RUNNING
                  ? Optional.of("has no server that runs")
                  : site.facts(node)
                      .text(HostFact.UNASKED + ParameterState.WHAT)
                      .map(words -> "does not tell its parameters: " + words);
      if (why.isPresent()) {
        return Optional.of(
            Refusal.of(
                view.contact().answered() ? Refusal.Code.E_STATE_01 : Refusal.Code.E_REACH_01,
                node + " " + why.get() + ".",
                "replctl status " + site.cluster().name(),
                "for the others, so that it differs until you type it for that one too: the same"
                    + " with --without "
                    + node));
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> unknown() {
    for (ParameterWish wish : options.wishes()) {
      List<NodeName> without = nodes().filter(n -> state(n, wish.name()).isEmpty()).toList();
      if (!without.isEmpty()) {
        return Optional.of(ParameterView.no(site, without, wish.name()));
      }
    }
    return Optional.empty();
  }

  /** What stands there, and what would be put back. */
  private Optional<Refusal> written() {
    return first(
        (wish, state, node) -> {
          if (state.fixed().isPresent()) {
            return Optional.of(
                no(
                    wish.name() + " can't be changed on " + node + ": " + state.fixed().get() + ".",
                    "replctl parameter " + wish.name()));
          }
          return state
              .written()
              .filter(ParameterRules::looksSecret)
              .map(
                  w ->
                      no(
                          "what is set of "
                              + wish.name()
                              + " on "
                              + node
                              + " looks as if a password were in it; it would stand in plans and"
                              + " journals, to be put back.",
                          "change it by hand, on the host"));
        });
  }

  private Optional<Refusal> refusedByServer() {
    return first(
        (wish, state, node) ->
            state
                .says()
                .map(
                    words ->
                        no(
                            node
                                + "'s server does not take "
                                + wish.name()
                                + " = "
                                + wish.value().orElse("")
                                + ": "
                                + words
                                + ".",
                            "replctl parameter " + wish.name())));
  }

  private Optional<Refusal> weak() {
    return options.wishes().stream()
        .filter(w -> parameters.weakens(w).isPresent() && !options.weakening().contains(w.name()))
        .findFirst()
        .map(
            w ->
                no(
                    "with " + w.line() + " " + parameters.weakens(w).orElseThrow() + ".",
                    "if that is meant: the same with --weaken " + w.name()));
  }

  /** A follower with less than its leader would not start, or would stop to apply. */
  private Optional<Refusal> lower() {
    NodeName leader = site.seen().leader().orElseThrow().name();
    for (ParameterWish wish : options.wishes()) {
      if (!parameters.followersNeedAsMuch(wish.name())) {
        continue;
      }
      OptionalLong leads = then(leader, wish);
      for (NodeName node : site.cluster().nodes().stream().map(n -> n.name()).toList()) {
        OptionalLong has = then(node, wish);
        if (leads.isPresent() && has.isPresent() && has.getAsLong() < leads.getAsLong()) {
          return Optional.of(
              no(
                  node
                      + " would have "
                      + wish.name()
                      + " = "
                      + has.getAsLong()
                      + ", and its leader "
                      + leader
                      + " "
                      + leads.getAsLong()
                      + ": with less than its leader it would not start, or would stop to apply.",
                  "on all nodes: replctl parameter " + wish.line() + " --restart"));
        }
      }
    }
    return lowered(leader).flatMap(this::order);
  }

  /** What a node would have; empty: not known. */
  private OptionalLong then(NodeName node, ParameterWish wish) {
    Optional<String> text =
        state(node, wish.name())
            .flatMap(
                s ->
                    options.isFor(node) && wish.value().isPresent()
                        ? s.would()
                        : Optional.of(s.raw()));
    return number(text.orElse(""));
  }

  /** The first of them that is made smaller on the leader. */
  Optional<ParameterWish> lowered(NodeName leader) {
    return options.wishes().stream()
        .filter(w -> parameters.followersNeedAsMuch(w.name()) && options.isFor(leader))
        .filter(
            w -> {
              OptionalLong runs = number(state(leader, w.name()).map(s -> s.raw()).orElse(""));
              OptionalLong then = then(leader, w);
              // What is taken away may leave less: what, is not known before.
              return w.value().isEmpty()
                  ? state(leader, w.name()).flatMap(ParameterState::written).isPresent()
                  : runs.isPresent() && then.isPresent() && then.getAsLong() < runs.getAsLong();
            })
        .findFirst();
  }

  private Optional<Refusal> order(ParameterWish wish) {
    String found =
        wish.name()
            + (wish.value().isPresent() ? " would become smaller" : " could become smaller")
            + ": the leader must run with that first, and its followers have applied that it does.";
    if (options.restart().isEmpty()) {
      return Optional.of(
          no(found, "the same with --restart --leader in-place: writes stand still meanwhile"));
    }
    if (options.restart().get() != RestartOptions.OfLeader.IN_PLACE) {
      return Optional.of(
          no(found, "the same with --leader in-place: writes stand still meanwhile"));
    }
    return nodes()
        .filter(n -> site.declared(n).delay().isPresent())
        .findFirst()
        .map(
            n ->
                no(
                    found + " " + n + " holds back what it applies, and has not.",
                    "the same with --without " + n + ", and " + n + " when it has applied that"));
  }

  private static OptionalLong number(String text) {
    return text.matches("-?[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  /** What the operator should know before it is done. */
  List<String> warnings(Predicate<NodeName> waits) {
    List<String> words = new ArrayList<>();
    for (ParameterWish wish : options.wishes()) {
      parameters.weakens(wish).ifPresent(w -> words.add("with " + wish.line() + " " + w));
      nodes()
          .flatMap(n -> state(n, wish.name()).flatMap(ParameterState::elsewhere).stream())
          .findFirst()
          .ifPresent(
              where -> words.add(wish.name() + " is set apart for " + where + ", and stays"));
    }
    site.cluster().nodes().stream()
        .map(n -> n.name())
        .filter(n -> !options.isFor(n))
        .forEach(n -> words.add(n + " is left as it is, and may differ from the others"));
    List<NodeName> waiting = nodes().filter(waits).toList();
    if (!waiting.isEmpty() && options.restart().isEmpty()) {
      words.add(
          "it takes hold when the servers of "
              + Init.words(waiting)
              + " are started again: replctl restart --rolling, or the same with --restart");
    }
    return words;
  }

  private interface Rule {
    Optional<Refusal> against(ParameterWish wish, ParameterState state, NodeName node);
  }

  private Optional<Refusal> first(Rule rule) {
    for (ParameterWish wish : options.wishes()) {
      for (NodeName node : nodes().toList()) {
        Optional<Refusal> no =
            state(node, wish.name()).flatMap(state -> rule.against(wish, state, node));
        if (no.isPresent()) {
          return no;
        }
      }
    }
    return Optional.empty();
  }
}

package replctl.playbooks.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.inventory.Witness;
import replctl.playbooks.engine.Setup;
import replctl.playbooks.engine.StartGuard;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.World;

/** Asks hosts what setting up wants to know beyond the survey, and changes nothing. */
public final class SetupLook {
  private SetupLook() {}

  /**
   * The same snapshot with more facts, also of the witnesses that answer. A node's host that
   * answered the survey and not this counts as one that did not answer: nothing is set up on half
   * of what is to be known.
   *
   * @param perNode how long each node may take
   */
  public static Snapshot look(
      World world, Setup setup, Cluster cluster, Snapshot seen, Duration perNode) {
    Map<Place, ScriptCall> questions = new LinkedHashMap<>();
    seen.nodes().stream()
        .filter(n -> n.contact().answered())
        .map(NodeView::name)
        .forEach(
            n ->
                questions.put(
                    Place.on(n),
                    setup.question(
                        cluster,
                        cluster.node(n).orElseThrow(),
                        seen.node(n).server().orElseThrow().facts())));
    cluster.witnesses().stream()
        .map(Witness::name)
        .filter(w -> !(seen.epochs().of(w) instanceof EpochFile.Silent))
        .forEach(w -> questions.put(new Place.Witness(w), StartGuard.question(cluster, w)));
    Map<Place, Optional<Answer>> heard = asked(world, questions, perNode);
    Map<Place, Optional<Answer>> asLogin = asLogin(world, cluster, heard, perNode);
    List<NodeView> views = new ArrayList<>();
    for (NodeView view : seen.nodes()) {
      NodeView told = view;
      if (view.contact().answered()) {
        told = more(view, heard.getOrDefault(Place.on(view.name()), Optional.empty()));
        Place login = new Place.Login(view.name());
        told = asLogin.containsKey(login) ? more(told, asLogin.get(login)) : told;
      }
      views.add(told);
    }
    Map<NodeName, Facts> witnesses = new TreeMap<>();
    for (Witness witness : cluster.witnesses()) {
      heard
          .getOrDefault(new Place.Witness(witness.name()), Optional.empty())
          .filter(Answer::isDone)
          .ifPresent(answer -> witnesses.put(witness.name(), answer.facts()));
    }
    return seen.of(views).told(witnesses);
  }

  /** What only whoever logs in there knows, where the answers so far make it a question. */
  private static Map<Place, Optional<Answer>> asLogin(
      World world, Cluster cluster, Map<Place, Optional<Answer>> heard, Duration perNode) {
    Map<Place, ScriptCall> questions = new LinkedHashMap<>();
    heard.forEach(
        (on, answer) -> {
          if (on instanceof Place.Host host) {
            answer
                .filter(Answer::isDone)
                .flatMap(a -> StartGuard.loginQuestion(cluster, host.node(), a.facts()))
                .ifPresent(question -> questions.put(new Place.Login(host.node()), question));
          }
        });
    return asked(world, questions, perNode);
  }

  private static Map<Place, Optional<Answer>> asked(
      World world, Map<Place, ScriptCall> questions, Duration perNode) {
    return questions.isEmpty()
        ? Map.of()
        : world
            .fanout()
            .each(
                List.copyOf(questions.keySet()),
                on -> world.hosts().run(on, questions.get(on), world.clock().in(perNode)),
                world.clock().in(perNode.multipliedBy(2)));
  }

  private static NodeView more(NodeView view, Optional<Answer> heard) {
    Answer answer =
        heard.orElseGet(() -> Answer.unknown(Trouble.OVERDUE, "no answer before the deadline"));
    return view.server().map(s -> more(view, s, answer)).orElse(view);
  }

  /** What was seen of a node, with what its host has answered since. */
  static NodeView more(NodeView view, Server server, Answer answer) {
    if (!answer.isDone()) {
      return new NodeView(
          view.name(), new Contact(answer.kind(), answer.words()), Optional.empty());
    }
    Facts facts = server.facts().and(answer.facts());
    return new NodeView(
        view.name(),
        view.contact(),
        Optional.of(
            new Server(
                server.presence(),
                server.role(),
                server.identity(),
                server.version(),
                server.position(),
                server.applied(),
                server.upstream(),
                server.streaming(),
                server.sync(),
                server.lag(),
                server.acks(),
                server.findings(),
                facts)));
  }
}

package replctl.cli.render;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.ConnectionText;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.verb.Rehearsal;
import replctl.playbooks.world.Facts;

/**
 * How an operation ended.
 *
 * @param took by the operator's clock
 * @param warnings what was found out while it ran
 * @param connections how clients connect to a leader that it has opened
 * @param foretold how long writes were to stand still, by the last rehearsal
 */
public record OutcomePrinter(
    Plan plan,
    Outcome outcome,
    Duration took,
    List<String> warnings,
    List<ConnectionText> connections,
    Optional<Rehearsal.Pause> foretold) {
  public OutcomePrinter {
    warnings = List.copyOf(warnings);
    connections = List.copyOf(connections);
  }

  /** One of which all that is to be known was known before it ran. */
  public OutcomePrinter(Plan plan, Outcome outcome, Duration took) {
    this(plan, outcome, took, List.of(), List.of());
  }

  /** One that was not rehearsed. */
  public OutcomePrinter(
      Plan plan,
      Outcome outcome,
      Duration took,
      List<String> warnings,
      List<ConnectionText> connections) {
    this(plan, outcome, took, warnings, connections, Optional.empty());
  }

  /** More than a screen is no answer; op show has all of them. */
  private static final int MOST_LEFT = 12;

  /** The width of the word in front of each way to connect. */
  private static final int CONNECT = 9;

  /** How long no server took writes, in milliseconds: a fact of the hand-over. */
  private static final String STOOD_STILL = "stood_still_ms";

  /** What a step found that the operator should read: a sentence without a full stop. */
  private static final String NOTE = "note";

  /** Whether commits were confirmed by then: none (they wait for nobody), seen, awaited. */
  private static final String ACKS = "acks";

  /**
   * Prints it, and returns the exit code.
   *
   * @throws Failure when it was refused
   */
  public int to(Page page) {
    if (outcome instanceof Outcome.Refused refused) {
      throw Failure.refused(refused.refusal());
    }
    page.show(this::doc, this::lines, names -> names.accept(plan.op()));
    return exitCode().code();
  }

  private ExitCode exitCode() {
    if (outcome instanceof Outcome.Done) {
      return ExitCode.DONE;
    }
    if (outcome instanceof Outcome.Interrupted) {
      return ExitCode.INTERRUPTED;
    }
    if (outcome instanceof Outcome.Overtaken) {
      return ExitCode.STALE_EPOCH;
    }
    return outcome instanceof Outcome.Undone ? ExitCode.UNDONE : ExitCode.INCOMPLETE;
  }

  Doc doc() {
    Doc doc =
        Doc.of("Outcome")
            .put("operation", plan.op())
            .put("verb", plan.verb())
            .put("cluster", plan.cluster().value())
            .put("outcome", InventoryPrinter.word(exitCode()))
            .put("exitCode", exitCode().code())
            .put("tookSeconds", took.toMillis() / 1000.0)
            .put("writesStoodStillMs", stoodStill())
            .put(
                "foretoldMs",
                foretold
                    .map(p -> OptionalLong.of(p.likely().toMillis()))
                    .orElse(OptionalLong.empty()))
            .put("acknowledgements", acks())
            .put("why", why())
            .put("left", left())
            .put("letGo", letGo())
            .put("warnings", warnings)
            .put("connections", Connections.docs(connections));
    Doc steps = Doc.part();
    found().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> steps.put(e.getKey(), e.getValue().byName()));
    return doc.put("found", steps);
  }

  void lines(Lines to) {
    String what = "  " + plan.verb() + " of " + plan.cluster() + " in " + Units.time(took);
    switch (exitCode()) {
      case DONE ->
          to.line(
              plan.isEmpty()
                  ? List.of(Span.of("Nothing to do: all is as it should be."))
                  : List.of(new Span("DONE", Tone.GOOD), Span.of(what)));
      case UNDONE -> {
        to.line(List.of(new Span("UNDONE", Tone.WARN), Span.of(what)));
        why().ifPresent(why -> to.line(why));
        to.line(letGo().isEmpty() ? "All is as it was before." : "All else is as it was before.");
      }
      case STALE_EPOCH -> {
        to.line(List.of(new Span("OVERTAKEN [E-EPOCH-01]", Tone.BAD), Span.of(what)));
        why().ifPresent(why -> to.line(why));
        to.line("Another operation took its place; from then on this one changed nothing.");
      }
      default -> {
        to.line(List.of(new Span("INCOMPLETE", Tone.BAD), Span.of(what)));
        why().ifPresent(why -> to.line(why));
        left().stream().limit(MOST_LEFT).forEach(left -> to.line("left  " + left));
        if (left().size() > MOST_LEFT) {
          to.line("left  and " + (left().size() - MOST_LEFT) + " more steps");
        }
      }
    }
    letGo().forEach(each -> to.line("let go  " + each));
    closed().forEach(to::line);
    plan.steps()
        .flatMap(step -> found(step.name(), NOTE).stream().map(n -> step.on().label() + ": " + n))
        .forEach(to::line);
    warnings.forEach(warning -> to.line(List.of(new Span("warning  " + warning, Tone.WARN))));
    OptionalLong still = stoodStill();
    if (still.isPresent()) {
      // Then no follower had confirmed a write yet when it was looked at last.
      String longer =
          acks().equals(Optional.of("awaited")) ? ", and on until a follower confirmed them" : "";
      to.line(
          "writes stood still for " + Units.time(Duration.ofMillis(still.getAsLong())) + longer);
      foretold.ifPresent(p -> to.line("rehearsed  " + RehearsalPrinter.words(p)));
    }
    Connections.lines(to, connections, CONNECT);
    switch (exitCode()) {
      case DONE -> {}
      case UNDONE -> to.line("Next: replctl op show " + plan.op());
      case STALE_EPOCH -> {
        to.line("Next: replctl op list");
        to.line("      replctl status " + plan.cluster());
      }
      default -> {
        to.line("Next: replctl op resume " + plan.op());
        if (exitCode() == ExitCode.INTERRUPTED) {
          to.line("      replctl op abort " + plan.op());
        }
        to.line("      replctl op show " + plan.op());
        awaited()
            .ifPresent(
                node ->
                    to.line(
                        "      replctl failover "
                            + plan.cluster()
                            + "   if "
                            + node
                            + " is lost for good, a minute from now"));
      }
    }
  }

  /**
   * The candidate of a hand-over without whose word nobody may lead: only a failover, which closes
   * it, goes on without it, and that takes an operation over after a minute in which it did
   * nothing.
   */
  private Optional<NodeName> awaited() {
    return plan.steps()
        .filter(step -> left().stream().anyMatch(left -> left.contains(step.title())))
        .flatMap(
            step -> step.action() instanceof Action.Handover to ? Stream.of(to.to()) : Stream.of())
        .findFirst();
  }

  /** Each node that was closed: by which proof, and what is still to be done there. */
  private List<String> closed() {
    List<String> lines = new ArrayList<>();
    plan.steps()
        .filter(step -> step.action() instanceof Action.Fence)
        .forEach(
            step -> {
              Facts facts = found().getOrDefault(step.name(), Facts.NONE);
              String node = step.on().label();
              facts
                  .text("closed")
                  .ifPresent(
                      strength ->
                          lines.add(
                              node
                                  + " is closed: "
                                  + strength
                                  + " ("
                                  + facts.text("how").orElse("")
                                  + ")"));
              facts.text("owed").ifPresent(owed -> lines.add("owed  " + node + ": its " + owed));
            });
    plan.steps()
        .filter(
            step -> found().getOrDefault(step.name(), Facts.NONE).truth("stopped").orElse(false))
        .forEach(
            step ->
                lines.add(
                    step.on().label() + "'s server does not run: it follows when it is started"));
    return lines;
  }

  private Optional<String> why() {
    if (outcome instanceof Outcome.Undone undone) {
      return Optional.of(undone.why());
    }
    if (outcome instanceof Outcome.Interrupted interrupted) {
      return Optional.of(interrupted.why());
    }
    if (outcome instanceof Outcome.Overtaken overtaken) {
      return Optional.of(overtaken.why());
    }
    return outcome instanceof Outcome.Incomplete incomplete
        ? Optional.of(incomplete.why())
        : Optional.empty();
  }

  private List<String> left() {
    if (outcome instanceof Outcome.Interrupted interrupted) {
      return interrupted.left();
    }
    return outcome instanceof Outcome.Incomplete incomplete ? incomplete.left() : List.of();
  }

  private List<String> letGo() {
    if (outcome instanceof Outcome.Done done) {
      return done.letGo();
    }
    return outcome instanceof Outcome.Undone undone ? undone.letGo() : List.of();
  }

  private Map<String, Facts> found() {
    if (outcome instanceof Outcome.Done done) {
      return done.found();
    }
    if (outcome instanceof Outcome.Undone undone) {
      return undone.found();
    }
    if (outcome instanceof Outcome.Interrupted interrupted) {
      return interrupted.found();
    }
    if (outcome instanceof Outcome.Overtaken overtaken) {
      return overtaken.found();
    }
    return outcome instanceof Outcome.Incomplete incomplete ? incomplete.found() : Map.of();
  }

  private Optional<String> found(String step, String fact) {
    return Optional.ofNullable(found().get(step)).flatMap(facts -> facts.text(fact));
  }

  private Optional<String> acks() {
    return found().values().stream().flatMap(f -> f.text(ACKS).stream()).findFirst();
  }

  private OptionalLong stoodStill() {
    return found().values().stream()
        .map(f -> f.number(STOOD_STILL))
        .filter(OptionalLong::isPresent)
        .findFirst()
        .orElse(OptionalLong.empty());
  }
}

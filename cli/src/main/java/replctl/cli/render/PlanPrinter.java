package replctl.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import replctl.cli.Console;
import replctl.inventory.Fencing;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Drift;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.PlanJson;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.PowerDevice;

/**
 * A plan, as an operator follows it at night: phases as headings, a line a step. With a journal,
 * each step says how it stands.
 *
 * @param drift what would be changed on each node
 * @param answers the last word on each step by its name; empty of a plan that was not run
 */
public record PlanPrinter(
    Plan plan, Map<NodeName, List<Drift>> drift, Map<String, Answer> answers, List<String> begun) {
  public PlanPrinter {
    drift = new TreeMap<>(drift);
    answers = Map.copyOf(answers);
    begun = List.copyOf(begun);
  }

  /** A plan that was not run. */
  public static PlanPrinter of(Plan plan) {
    return of(plan, Map.of());
  }

  /** A plan that was not run, and what it would change. */
  public static PlanPrinter of(Plan plan, Map<NodeName, List<Drift>> drift) {
    return new PlanPrinter(plan, drift, Map.of(), List.of());
  }

  /** A plan with what its journal tells. */
  public static PlanPrinter of(Recorded recorded) {
    List<String> begun = recorded.plan().steps().filter(recorded::begun).map(Step::name).toList();
    return new PlanPrinter(recorded.plan(), Map.of(), recorded.answers(), begun);
  }

  /** Prints it; names are those of the steps. */
  public int to(Page page) {
    return page.show(
        this::doc, this::lines, names -> plan.steps().forEach(s -> names.accept(s.name())));
  }

  /** The plan as its file has it, and how each step stands by the journal. */
  private Doc doc() {
    return Doc.of(PlanJson.write(plan)).put("steps", plan.steps().map(this::standing).toList());
  }

  private Doc standing(Step step) {
    Optional<Answer> answer = Optional.ofNullable(answers.get(step.name()));
    String stands =
        answer.isPresent()
            ? answer.get().isDone()
                ? "done"
                : answer.get() instanceof Answer.NotDone ? "not-done" : "unknown"
            : begun.contains(step.name()) ? "unknown" : "not-begun";
    return Doc.part()
        .put("step", step.name())
        .put("standing", stands)
        .put("why", answer.filter(a -> !a.isDone()).map(Answer::words));
  }

  /** Prints it on stderr, before a question. */
  public void talk(Console console, Colour colour) {
    lines(
        new Lines(
            console.err(),
            new Lines.Look(
                false, colour.onErr(console), console.unicode(), console.screen().columns())));
  }

  /** For people. */
  void lines(Lines to) {
    long count = plan.steps().count();
    to.line(
        List.of(
            new Span(plan.verb() + " of " + plan.cluster(), Tone.STRONG),
            Span.of("   " + plan.op() + "   " + count + (count == 1 ? " step" : " steps"))));
    for (String warning : plan.warnings()) {
      to.line(List.of(new Span("warning  ", Tone.WARN), Span.of(warning)));
    }
    if (plan.isEmpty()) {
      to.line("Nothing to do: all is as it should be.");
    }
    int number = 1;
    for (int i = 0; i < plan.phases().size(); i++) {
      Phase phase = plan.phases().get(i);
      to.gap();
      String together = phase.lanes().size() > 1 ? "   (at the same time)" : "";
      to.line(
          List.of(
              new Span((i + 1) + ". " + phase.title(), Tone.STRONG),
              new Span(together, Tone.FAINT)));
      number = phase(to, phase, number);
    }
    changes(to);
  }

  private void changes(Lines to) {
    if (drift.values().stream().allMatch(List::isEmpty)) {
      return;
    }
    to.gap();
    to.line("What changes:", Tone.STRONG);
    drift.forEach(
        (node, changes) -> {
          for (Drift change : changes) {
            String restart = change.restart() ? "   (needs a restart)" : "";
            List<String> lines = change.change().lines().toList();
            String first = lines.size() == 1 ? ": " + lines.get(0) : "";
            to.line("  " + node + ": " + change.what() + first + restart);
            if (lines.size() > 1) {
              lines.forEach(line -> to.line("      " + line));
            }
          }
        });
  }

  private int phase(Lines to, Phase phase, int first) {
    Table table = new Table().column("").numbers("").column("").column("").column("").column("");
    int number = first;
    for (Lane lane : phase.lanes()) {
      for (Step step : lane.steps()) {
        List<Span> remarks = new ArrayList<>();
        if (to.wide()) {
          remarks.add(new Span("   " + how(step), Tone.FAINT));
        }
        Answer answer = answers.get(step.name());
        if (answer != null && !answer.isDone()) {
          remarks.add(new Span("   " + answer.words(), Tone.BAD));
        }
        table.row(
            List.of(
                Span.of(" "),
                Span.of(Integer.toString(number++)),
                Span.of(step.on().label()),
                Span.of(step.title()),
                stands(step),
                new Span("at most " + Units.time(step.limit()), Tone.FAINT)),
            remarks);
      }
    }
    table.print(to);
    return number;
  }

  private Span stands(Step step) {
    Answer answer = answers.get(step.name());
    if (answer == null) {
      return begun.contains(step.name()) ? new Span("unknown", Tone.BAD) : Span.of("");
    }
    if (answer.isDone()) {
      return new Span("done", Tone.GOOD);
    }
    return answer instanceof Answer.Unknown
        ? new Span("unknown", Tone.BAD)
        : new Span("not done", Tone.BAD);
  }

  /** By what a node may be closed. */
  private static String ways(Action.Fence fence) {
    List<String> ways = new ArrayList<>();
    if (fence.accept().contains(Fencing.Strength.STOPPED)) {
      ways.add(fence.stop().script().toString());
    }
    if (fence.accept().contains(Fencing.Strength.POWER) && !fence.levels().isEmpty()) {
      ways.add(devices(fence.levels()));
    }
    fence.confirmed().ifPresent(who -> ways.add("the word of " + who));
    return String.join(", or ", ways);
  }

  private static String devices(List<List<PowerDevice>> levels) {
    return levels.stream()
        .map(l -> l.stream().map(PowerDevice::label).collect(Collectors.joining(" and ")))
        .collect(Collectors.joining(", or "));
  }

  /** What is run, and whether it can be taken back. */
  private static String how(Step step) {
    String run = "";
    if (step.action() instanceof Action.Run run1) {
      run = run1.call().script().toString();
    } else if (step.action() instanceof Action.Open open) {
      run = open.call().script().toString();
    } else if (step.action() instanceof Action.WriteDown) {
      run = "voter/record";
    } else if (step.action() instanceof Action.Handover handover) {
      run = handover.closing().script() + " and " + handover.opening().script();
    } else if (step.action() instanceof Action.Fence fence) {
      run = ways(fence);
    } else if (step.action() instanceof Action.Power power) {
      run = devices(power.levels());
    } else if (step.action() instanceof Action.Drill drill) {
      run = devices(drill.levels());
    } else if (step.action() instanceof Action.Address move) {
      run = move.hold().script().toString();
    } else if (step.action() instanceof Action.Carry carry) {
      run = carry.give().script() + " and " + carry.take().script();
    } else if (step.action() instanceof Action.Hook hook) {
      run = hook.call().command().get(0);
    }
    String undo = step.undo().map(u -> "; taken back by " + u.script()).orElse("");
    boolean goesOn =
        step.onFailure() == Step.OnFailure.OWE || step.onFailure() == Step.OnFailure.LET_GO;
    boolean tried = step.onFailure() == Step.OnFailure.TRY;
    String owed = goesOn ? "; owed if it fails" : tried ? "; tried again later if it fails" : "";
    return step.name() + ": " + run + undo + owed;
  }
}

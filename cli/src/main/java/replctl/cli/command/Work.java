package replctl.cli.command;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.cli.render.OutcomePrinter;
import replctl.cli.render.PlanPrinter;
import replctl.cli.render.ProgressView;
import replctl.cli.wiring.Foreground;
import replctl.cli.wiring.Operator;
import replctl.cli.wiring.Rehearsals;
import replctl.cli.wiring.Request;
import replctl.cli.wiring.Sequels;
import replctl.cli.wiring.Session;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.run.Runner;
import replctl.playbooks.verb.Decision;

/** The way of a change: asked for, decided, shown, confirmed, run, and its outcome printed. */
record Work(Verb verb, Session session) {
  /** Asks and decides; a no ends the verb. */
  Request.Asked ask(Request request) {
    Request.Asked asked = request.ask(session, verb.root().timeout);
    if (asked.decision() instanceof Decision.Refused no) {
      throw Failure.refused(no.refusal());
    }
    return asked;
  }

  /** The plan of a request that was not refused. */
  static Plan plan(Request.Asked asked) {
    return ((Decision.Planned) asked.decision()).plan();
  }

  /** All of the way. */
  int run(Request request, boolean dryRun) {
    Request.Asked asked = ask(request);
    Plan plan = plan(asked);
    PlanPrinter printer = PlanPrinter.of(plan, asked.drift());
    if (dryRun) {
      return printer.to(verb.page());
    }
    if (plan.isEmpty()) {
      // From cron: when all is well, nothing is said, so that nobody gets mail.
      return quiet() && !verb.root().format.data()
          ? ExitCode.DONE.code()
          : new OutcomePrinter(plan, new Outcome.Done(Map.of()), Duration.ZERO).to(verb.page());
    }
    if (!verb.root().yes || !foreground().vouched()) {
      confirm(printer, plan.verb() + " of " + plan.cluster());
    }
    return carryOut(request, plan);
  }

  /** Runs it, and what is asked for after it: that was shown, and confirmed, with it. */
  private int carryOut(Request request, Plan plan) {
    request.prepare(session);
    Ended ended = perform(new Recorded(plan, List.of()), runner -> runner.run(plan));
    Optional<Request> next =
        ended.code() == ExitCode.DONE.code()
            ? request.after(session.journal().read(plan.op()).map(Recorded::plan).orElse(plan))
            : Optional.empty();
    if (next.isEmpty()) {
      return ended.code();
    }
    if (ended.interrupted()) {
      verb.console().err().println("replctl: interrupted: what was to follow is not begun.");
      return ExitCode.INTERRUPTED.code();
    }
    return carryOut(next.get(), plan(ask(next.get())));
  }

  /**
   * How it ended.
   *
   * @param interrupted whether the operator wished it to stop, though it may have been finished
   */
  private record Ended(int code, boolean interrupted) {}

  /** Runs a plan from its start, with progress. */
  int run(Plan plan) {
    return run(new Recorded(plan, List.of()), runner -> runner.run(plan));
  }

  /** Resumes or aborts, with progress. */
  int run(Recorded recorded, Function<Runner, Outcome> how) {
    if (!foreground().vouched()) {
      confirm(PlanPrinter.of(recorded), verb.spec.name() + " " + recorded.plan().op());
    }
    return perform(recorded, how).code();
  }

  private Ended perform(Recorded recorded, Function<Runner, Outcome> how) {
    Plan plan = recorded.plan();
    long from = session.world().clock().nanos();
    Outcome outcome;
    boolean interrupted;
    try (ProgressView progress = ProgressView.of(verb.console(), verb.root().colour, quiet())) {
      Interruption interruption =
          new Interruption(
              plan,
              plan.steps()
                  .filter(s -> s.action() instanceof Action.Handover)
                  .anyMatch(recorded::begun),
              progress.watcher(),
              progress.say(),
              System::nanoTime,
              foreground()::end);
      Runner runner =
          new Runner(
              session.world().until(interruption),
              session.journal(),
              interruption,
              Operator.words(),
              Sequels.of(session, verb.root().timeout));
      Foreground.Hearing hearing = foreground().hear(plan.op(), interruption::heard);
      try {
        outcome = how.apply(runner);
      } finally {
        hearing.close();
      }
      interrupted = interruption.wanted();
    }
    Duration took = Duration.ofNanos(session.world().clock().nanos() - from);
    // What was decided while it ran was not shown before it.
    Recorded went = session.journal().read(plan.op()).orElse(recorded);
    Plan whole = went.plan();
    OutcomePrinter printer =
        new OutcomePrinter(
            whole,
            outcome,
            took,
            whole.equals(plan) ? List.of() : whole.warnings(),
            went.opened()
                .map(l -> session.engine().connecting().texts(session.cluster(), Optional.of(l)))
                .orElse(List.of()),
            Rehearsals.foretold(session, whole));
    return new Ended(printer.to(verb.page()), interrupted);
  }

  private Foreground foreground() {
    return verb.console().foreground();
  }

  private boolean quiet() {
    return verb.root().quiet;
  }

  private void confirm(PlanPrinter printer, String what) {
    if (!verb.console().screen().in() || !verb.console().screen().err()) {
      throw Failure.refused(
          Refusal.of(
              Refusal.Code.E_CONFIRM_01,
              "this needs a yes, and there is no terminal to ask at.",
              "the same with --dry-run to see the plan",
              "the same with --yes"));
    }
    printer.talk(verb.console(), verb.root().colour);
    foreground().beforeAsking();
    if (!foreground().vouched()) {
      verb.console()
          .err()
          .print(
              "\nThis was pasted, or typed ahead of the prompt, so it is asked whatever else it says.");
    }
    verb.console().err().print("\n" + what + ": go on? [y/N] ");
    verb.console().flush();
    String answer = answer().strip().toLowerCase(Locale.ROOT);
    if (!answer.equals("y") && !answer.equals("yes")) {
      throw Failure.refused(
          Refusal.of(Refusal.Code.E_CONFIRM_01, "the answer was not yes.", "the same again"));
    }
  }

  private String answer() {
    try {
      String line = verb.console().in().readLine();
      return line == null ? "" : line;
    } catch (IOException gone) {
      throw Failure.because(gone, ExitCode.REFUSED, "the terminal is gone");
    }
  }
}

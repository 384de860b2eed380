package replctl.cli.command;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.cli.render.OutcomePrinter;
import replctl.cli.render.PlanPrinter;
import replctl.cli.render.ProgressView;
import replctl.cli.wiring.Operator;
import replctl.cli.wiring.Request;
import replctl.cli.wiring.Session;
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
      return new OutcomePrinter(plan, new Outcome.Done(Map.of()), Duration.ZERO).to(verb.page());
    }
    confirm(printer, plan);
    request.prepare(session);
    return run(plan, runner -> runner.run(plan));
  }

  /** Runs, resumes or aborts, with progress. */
  int run(Plan plan, Function<Runner, Outcome> how) {
    long from = session.world().clock().nanos();
    Thread hint = new Thread(() -> interrupted(plan));
    Runtime.getRuntime().addShutdownHook(hint);
    Outcome outcome;
    try (ProgressView progress = ProgressView.of(verb.console(), verb.root().colour, quiet())) {
      Runner runner =
          new Runner(session.world(), session.journal(), progress.watcher(), Operator.words());
      outcome = how.apply(runner);
    } finally {
      Runtime.getRuntime().removeShutdownHook(hint);
    }
    Duration took = Duration.ofNanos(session.world().clock().nanos() - from);
    return new OutcomePrinter(plan, outcome, took).to(verb.page());
  }

  private boolean quiet() {
    return verb.root().quiet;
  }

  private void interrupted(Plan plan) {
    verb.console().err().println();
    verb.console().err().println("replctl: interrupted; what was begun may still be going on.");
    verb.console().err().println("Next: replctl op resume " + plan.op());
    verb.console().err().println("      replctl op abort " + plan.op());
    verb.console().flush();
  }

  private void confirm(PlanPrinter printer, Plan plan) {
    if (verb.root().yes) {
      return;
    }
    if (!verb.console().screen().in() || !verb.console().screen().err()) {
      throw Failure.refused(
          Refusal.of(
              Refusal.Code.E_CONFIRM_01,
              "this needs a yes, and there is no terminal to ask at.",
              "the same with --dry-run to see the plan",
              "the same with --yes"));
    }
    printer.talk(verb.console(), verb.root().colour);
    verb.console().err().print("\n" + plan.verb() + " of " + plan.cluster() + ": go on? [y/N] ");
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

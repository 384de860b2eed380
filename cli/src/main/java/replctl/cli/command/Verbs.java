package replctl.cli.command;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The verbs, in the order in which help shows them. One is built only when it was typed. */
final class Verbs {
  /**
   * One of them.
   *
   * @param summary one line, no full stop
   */
  record Entry(String name, Group group, String summary, Supplier<Verb> verb) {}

  /** What verbs are for: headings of help. */
  enum Group {
    LOOK("Look"),
    CHANGE("Change"),
    PLAN("Plan and journal"),
    DECLARE("Declare"),
    REPLCTL("replctl"),
    HIDDEN("");

    private final String heading;

    Group(String heading) {
      this.heading = heading;
    }

    String heading() {
      return heading;
    }
  }

  static final List<Entry> ALL =
      List.of(
          new Entry(
              "status",
              Group.LOOK,
              "one screen: who leads, who follows, lag and why",
              StatusVerb::new),
          new Entry("topology", Group.LOOK, "who receives from whom, as a tree", TopologyVerb::new),
          new Entry("lag", Group.LOOK, "how far behind each follower is, and why", LagVerb::new),
          new Entry(
              "candidates", Group.LOOK, "who could lead next, rule by rule", CandidatesVerb::new),
          new Entry(
              "rehearse",
              Group.LOOK,
              "how long a switchover would hold up writes, and what it took",
              RehearseVerb::new),
          new Entry(
              "check", Group.LOOK, "a line for Nagios, Icinga and their like", CheckVerb::new),
          new Entry("metrics", Group.LOOK, "gauges for Prometheus", MetricsVerb::new),
          new Entry(
              "why",
              Group.LOOK,
              "why a node is as it is, and what keeps it from leading",
              WhyVerb::new),
          new Entry("doctor", Group.LOOK, "what bites later, each with its cure", DoctorVerb::new),
          new Entry(
              "init", Group.CHANGE, "set up, or adopt, replication as declared", InitVerb::new),
          new Entry(
              "switchover",
              Group.CHANGE,
              "hand leadership over, planned, without loss",
              SwitchoverVerb::new),
          new Entry(
              "switchback",
              Group.CHANGE,
              "hand leadership back to the node that led before",
              SwitchbackVerb::new),
          new Entry(
              "failover",
              Group.CHANGE,
              "close a leader that is lost, and let another lead",
              FailoverVerb::new),
          new Entry(
              "open", Group.CHANGE, "open the recorded leader that only rebooted", OpenVerb::new),
          new Entry(
              "fence", Group.CHANGE, "close a node and prove it; try its device", FenceVerb::new),
          new Entry(
              "unfence",
              Group.CHANGE,
              "give a node its power and its start back; open nothing",
              UnfenceVerb::new),
          new Entry(
              "sync",
              Group.CHANGE,
              "what an acknowledged write means; set it as declared, or lower it",
              SyncVerb::new),
          new Entry(
              "maintenance", Group.CHANGE, "hands off: changes are refused", MaintenanceVerb::new),
          new Entry(
              "rejoin",
              Group.CHANGE,
              "bring an old leader or a broken follower back",
              RejoinVerb::new),
          new Entry(
              "restart", Group.CHANGE, "restart a node, or all, one at a time", RestartVerb::new),
          new Entry(
              "rotate",
              Group.CHANGE,
              "renew replctl's passwords and certificates",
              RotateVerb::new),
          new Entry(
              "parameter",
              Group.CHANGE,
              "show parameters of the servers, or change them on all",
              ParameterVerb::new),
          new Entry("stop", Group.CHANGE, "stop a follower's server", StopVerb::new),
          new Entry("start", Group.CHANGE, "start a follower's server", StartVerb::new),
          new Entry(
              "add", Group.CHANGE, "make a declared node, or a witness, a member", AddVerb::new),
          new Entry("remove", Group.CHANGE, "have a node, or a witness, leave", RemoveVerb::new),
          new Entry(
              "plan", Group.PLAN, "show an operation's plan, or write it to a file", PlanVerb::new),
          new Entry("apply", Group.PLAN, "run exactly the plan in a file", ApplyVerb::new),
          new Entry("op", Group.PLAN, "list, show, resume or abort operations", OpVerb::new),
          new Entry(
              "history",
              Group.PLAN,
              "what happened, when, by whom, in which epoch",
              HistoryVerb::new),
          new Entry(
              "inventory", Group.DECLARE, "check and show what is declared", InventoryVerb::new),
          new Entry(
              "completion",
              Group.REPLCTL,
              "print the completion script of bash, zsh or fish",
              CompletionVerb::new),
          new Entry("shell", Group.REPLCTL, "all of these, at one prompt", ShellVerb::new),
          new Entry("version", Group.REPLCTL, "show the version", VersionVerb::new),
          new Entry("__complete", Group.HIDDEN, "names for completion", CompleteVerb::new),
          new Entry("help", Group.REPLCTL, "show the options of a verb", HelpVerb::new));

  private Verbs() {}

  static Optional<Entry> named(String name) {
    return ALL.stream().filter(e -> e.name().equals(name)).findFirst();
  }
}

package replctl.cli.command;

import picocli.CommandLine.Command;
import replctl.cli.render.CandidatesPrinter;
import replctl.cli.wiring.Session;
import replctl.playbooks.decide.candidate.Candidates;

/** {@code replctl candidates}. */
@Command(
    name = "candidates",
    description =
        "Holds every follower against every rule of choice, and changes nothing. What a rule asks"
            + " for and is not known counts against the node.",
    footer = {"  replctl candidates", "  replctl candidates shop -o name"})
final class CandidatesVerb extends ClusterVerb {
  @Override
  int run() {
    try (Session session = open()) {
      Candidates found = Candidates.of(session.cluster(), session.look(root().timeout));
      return isQuiet(found.best().isPresent())
          ? 0
          : new CandidatesPrinter(session.cluster(), found).to(page());
    }
  }
}

package replctl.cli.command;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import replctl.cli.Failure;
import replctl.cli.render.RehearsalPrinter;
import replctl.cli.wiring.InventoryFinder;
import replctl.cli.wiring.Rehearsals;
import replctl.cli.wiring.Session;
import replctl.inventory.NodeName;
import replctl.playbooks.observe.ClearLook;
import replctl.playbooks.observe.RedirectLook;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Rehearsal;
import replctl.playbooks.verb.Switchover;

/** {@code replctl rehearse}. */
@Command(
    name = "rehearse",
    description = {
      "Foretells how long no write would be taken in a switchover now: by what the last ones took,"
          + " as far as this host's journals tell, and by what the candidate has not applied yet."
          + " Changes nothing on any node. The next switchover between the two, within a day, says"
          + " what it was and what was foretold. Where a switchover would be refused now, so is"
          + " this."
    },
    footer = {"  replctl rehearse", "  replctl rehearse shop --to pg2 -o json"})
final class RehearseVerb extends ClusterVerb {
  @Option(
      names = "--to",
      paramLabel = "NODE",
      description = "who would lead; else the best candidate")
  Optional<String> to = Optional.empty();

  @Override
  int run() {
    try (Session session = open()) {
      Optional<NodeName> wanted = to.map(name -> InventoryFinder.node(session.cluster(), name));
      Snapshot seen =
          ClearLook.look(
              () -> session.look(root().timeout),
              s -> Switchover.unclear(session.cluster(), s, wanted));
      Rehearsal.Course course =
          Rehearsal.of(
              session.engine(),
              session.cluster(),
              seen,
              RedirectLook.look(session.world(), session.cluster(), seen, root().timeout),
              wanted,
              Rehearsals.past(session));
      if (course instanceof Rehearsal.Course.Refused no) {
        throw Failure.refused(no.refusal());
      }
      Rehearsal foreseen = ((Rehearsal.Course.Foreseen) course).rehearsal();
      Rehearsals.keep(session, foreseen);
      return new RehearsalPrinter(session.cluster(), seen.at(), foreseen).to(page());
    }
  }
}

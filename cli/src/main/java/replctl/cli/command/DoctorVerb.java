package replctl.cli.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import replctl.cli.render.DoctorPrinter;
import replctl.cli.render.PrivilegesPrinter;
import replctl.cli.wiring.Session;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Privileges;
import replctl.playbooks.observe.RedirectLook;
import replctl.playbooks.observe.WayLook;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.snapshot.Unready;
import replctl.playbooks.snapshot.Ways;
import replctl.playbooks.verb.doctor.Diagnosis;
import replctl.playbooks.world.Place;

/** {@code replctl doctor}. */
@Command(
    name = "doctor",
    description = {
      "Looks for what does no harm today and will at a change of leader, at a restart, or when a"
          + " host is lost; each with its cure. It changes nothing. A node that does not answer is"
          + " said to, and is not judged further; what can't be found out of one is said to be"
          + " unknown.",
      "With --privileges nothing is asked: it prints the lines for sudo and the statements that the"
          + " cluster of the inventory needs, for every node.",
      "With --bundle all that is found is also written to a zip for whoever is asked for help: the"
          + " inventory, status, doctor, what each host answered, and the newest operations. It has"
          + " no secret in it, no server's log and no client's data; its manifest says what was left"
          + " out."
    },
    footer = {
      "  replctl doctor",
      "  replctl doctor shop -o json",
      "  replctl doctor shop --bundle case-4711.zip",
      "  replctl doctor shop --privileges"
    })
final class DoctorVerb extends ClusterVerb {
  @Option(
      names = "--privileges",
      description = "prints what must be granted on each host and in each server; asks nobody")
  boolean privileges;

  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      description = "writes all that is found to that zip too; it must not be there yet")
  Optional<Path> bundle = Optional.empty();

  @Override
  int run() {
    if (bundle.isPresent() && privileges) {
      throw new ParameterException(
          spec.commandLine(), "--privileges asks nobody, and --bundle is of what was found");
    }
    bundle.ifPresent(BundleFile::requireFree);
    try (Session session = open()) {
      return privileges ? privileges(session) : look(session);
    }
  }

  private int look(Session session) {
    Snapshot seen = session.checkup(root().timeout);
    Unready around = RedirectLook.look(session.world(), session.cluster(), seen, root().timeout);
    Ways ways = WayLook.look(session.world(), session.cluster(), root().timeout);
    Diagnosis found = Diagnosis.of(session.cluster(), seen, around, ways, session.engine());
    boolean well = found.worst().filter(level -> level != Finding.Level.NOTE).isEmpty();
    if (!isQuiet(well)) {
      new DoctorPrinter(session.cluster(), found).to(page());
    }
    if (bundle.isPresent()) {
      BundleFile.write(bundle.get(), session, seen, found);
      if (!root().quiet) {
        console().err().println("\nwritten to " + bundle.get() + "; read it before you send it");
      }
    }
    requireAnswer(session, seen);
    return 0;
  }

  private int privileges(Session session) {
    Map<NodeName, PrivilegesPrinter.Granted> all = new LinkedHashMap<>();
    for (Node node : session.cluster().nodes()) {
      Privileges needs = session.engine().privileges(session.cluster(), node);
      all.put(
          node.name(),
          new PrivilegesPrinter.Granted(
              needs, session.world().hosts().rules(Place.on(node.name()), needs.root())));
    }
    return new PrivilegesPrinter(session.cluster(), all).to(page());
  }
}

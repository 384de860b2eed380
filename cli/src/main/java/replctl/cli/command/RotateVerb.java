package replctl.cli.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import replctl.cli.wiring.Request;
import replctl.cli.wiring.RotateCertificateRequest;
import replctl.cli.wiring.RotatePasswordRequest;
import replctl.cli.wiring.Session;

/** {@code replctl rotate password}, {@code certificate}. */
@Command(
    name = "rotate",
    description = {
      "Renews what replctl's own logins are proven by: the passwords of its accounts, or the"
          + " certificates that the cluster's own authority has signed. Followers stay connected;"
          + " nothing is restarted."
    },
    subcommands = {RotateVerb.Password.class, RotateVerb.Certificate.class},
    footer = {
      "  replctl rotate password --dry-run",
      "  replctl rotate certificate pg2",
      "  replctl rotate certificate --authority --yes"
    })
final class RotateVerb extends Verb {
  @Override
  int run() {
    throw new MissingParameterException(
        spec.commandLine(), List.of(), "rotate what? password or certificate");
  }

  /** {@code replctl rotate password}. */
  @Command(
      name = "password",
      description = {
        "Gives replctl's own accounts new passwords, has every node log in with them, and sees that"
            + " the old ones let nobody in any more. One that the inventory says is yours, and is"
            + " left alone. All nodes must answer, and followers receive. The plan says how old"
            + " each is."
      },
      footer = {"  replctl rotate password --dry-run", "  replctl rotate password --without pg3"})
  static final class Password extends ChangeVerb {
    @Option(
        names = "--without",
        paramLabel = "NODE",
        description = "leaves a node for later that does not answer; may be given again")
    List<String> without = List.of();

    @Override
    Request request() {
      return new RotatePasswordRequest(without);
    }
  }

  /** {@code replctl rotate certificate}. */
  @Command(
      name = "certificate",
      description = {
        "Makes new keys on the nodes, has the cluster's own authority sign them, and has the servers"
            + " show the new certificates, which they do without a restart. With --authority another"
            + " authority takes its place: first everybody trusts both, then certificates are made"
            + " anew, then the old one is forgotten. The plan says when each ends."
      },
      footer = {
        "  replctl rotate certificate",
        "  replctl rotate certificate pg2 pg3",
        "  replctl rotate certificate --authority --dry-run"
      })
  static final class Certificate extends Verb {
    @Parameters(
        arity = "0..*",
        paramLabel = "NODE",
        description = "nodes, as NODE or CLUSTER/NODE; or the cluster, which is all of them")
    List<String> operands = List.of();

    @Option(names = "--authority", description = "another authority, too; of all nodes")
    boolean authority;

    @Mixin HowToChange how = new HowToChange();

    @Override
    int run() {
      NamedNodes named = NamedNodes.of(this, operands);
      if (authority && !named.nodes().isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "--authority: all nodes take part, and some are named");
      }
      try (Session session =
          root().backend.open(named.inventory(), named.cluster(), console().environment())) {
        return how.run(this, session, new RotateCertificateRequest(named.nodes(), authority));
      }
    }
  }
}

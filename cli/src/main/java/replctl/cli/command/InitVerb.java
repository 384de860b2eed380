package replctl.cli.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import replctl.cli.wiring.InitRequest;
import replctl.cli.wiring.Request;
import replctl.playbooks.engine.SetupGoal;

/** {@code replctl init}. */
@Command(
    name = "init",
    description = {
      "Sets up, or adopts, replication as the inventory declares it: the leader, followers cloned in"
          + " parallel, accounts, certificates, access, durability. Running it again changes nothing"
          + " and says so. A server that runs is not restarted unless --restart is given."
    },
    footer = {"  replctl init --dry-run", "  replctl init shop --yes"})
final class InitVerb extends ChangeVerb {
  @Option(
      names = "--without",
      paramLabel = "NODE",
      description = "leaves a node out for now; may be given again")
  List<String> without = List.of();

  @Option(names = "--restart", description = "servers may be restarted where a parameter needs it")
  boolean restart;

  @Option(names = "--renew-certificates", description = "makes every certificate anew")
  boolean renewCertificates;

  @Option(
      names = "--replace-certificates",
      description = "a certificate that others may rely on gives way to replctl's")
  boolean replaceCertificates;

  @Option(
      names = "--without-guard",
      description = "places no start guard: a leader that comes back is then writable by itself")
  boolean withoutGuard;

  @Override
  Request request() {
    return new InitRequest(
        without,
        new SetupGoal.Policy(restart, renewCertificates, replaceCertificates, withoutGuard));
  }
}

package replctl.cli.command;

import picocli.CommandLine.Command;
import replctl.cli.render.LagPrinter;
import replctl.cli.render.Look;
import replctl.cli.render.LookPrinter;
import replctl.cli.render.Trail;

/** {@code replctl lag}. */
@Command(
    name = "lag",
    description = {
      "TO RECEIVE is written by the leader and not yet received; TO APPLY is received and not yet visible to queries. A follower that does not stream never shows zero."
    },
    footer = {
      "  replctl lag",
      "  replctl lag shop --watch",
      "  replctl lag --watch --count 60 -o json"
    })
final class LagVerb extends LookVerb {
  @Override
  LookPrinter printer(Look look, Trail trail) {
    return new LagPrinter(look, trail);
  }
}

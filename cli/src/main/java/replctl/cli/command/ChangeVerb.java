package replctl.cli.command;

import picocli.CommandLine.Mixin;
import replctl.cli.wiring.Request;
import replctl.cli.wiring.Session;

/** A verb that changes a cluster by a plan: run, shown, or written to a file. */
abstract class ChangeVerb extends ClusterVerb {
  @Mixin HowToChange how = new HowToChange();

  /** What is asked for. */
  abstract Request request();

  @Override
  int run() {
    try (Session session = open()) {
      return how.run(this, session, request());
    }
  }
}

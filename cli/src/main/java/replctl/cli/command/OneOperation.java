package replctl.cli.command;

import java.util.Optional;
import picocli.CommandLine.Parameters;

/**
 * A verb of one operation: the one that was typed, else the one that is not over, else the last.
 */
abstract class OneOperation extends Verb {
  @Parameters(
      arity = "0..1",
      paramLabel = "OPERATION",
      description = "the operation; else the one that is not over, else the latest")
  Optional<String> operation = Optional.empty();

  /** Does it with that one. */
  abstract int run(Operations.Found found);

  @Override
  final int run() {
    try (Operations.Found found = Operations.of(this).one(operation)) {
      return run(found);
    }
  }
}

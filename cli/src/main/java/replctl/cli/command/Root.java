package replctl.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import replctl.cli.Console;
import replctl.cli.render.Colour;
import replctl.cli.render.Format;
import replctl.cli.wiring.Backend;

/** replctl itself: the options that every verb takes. */
@Command(
    name = "replctl",
    header = "sets up, watches and switches PostgreSQL and MySQL replication over SSH",
    description = {
      "Works from one operator host over SSH, without agents: an inventory in YAML declares clusters"
          + " and nodes. Data goes to stdout, talk to stderr.",
      "What changes a cluster is a plan first: --dry-run shows the very plan that a run executes, a"
          + " journal records each step, and replctl op resume finishes what was cut off."
    },
    footer = {
      "  replctl -i replctl.yaml inventory validate",
      "  replctl init --dry-run",
      "  replctl status",
      "  replctl switchover --to pg2"
    },
    synopsisHeading = "Usage: ",
    optionListHeading = "%nOptions:%n")
final class Root {
  final Console console;
  final Backend backend;

  @Option(
      names = {"-i", "--inventory"},
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "the inventory; else $REPLCTL_INVENTORY, ./replctl.yaml,"
              + " ~/.config/replctl/inventory.yaml, /etc/replctl/inventory.yaml")
  Path inventory;

  @Option(
      names = {"-c", "--cluster"},
      paramLabel = "CLUSTER",
      scope = ScopeType.INHERIT,
      description = "the cluster, where the inventory has more than one")
  String cluster;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      defaultValue = "table",
      description = "table, wide, json, yaml or name")
  Format format = Format.TABLE;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      defaultValue = "auto",
      description = "auto, always or never; auto heeds NO_COLOR and is off without a terminal")
  Colour colour = Colour.AUTO;

  @Option(
      names = {"-y", "--yes"},
      scope = ScopeType.INHERIT,
      description = "answers ordinary prompts; never the one about a leader that is not fenced")
  boolean yes;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description =
          "no progress and no remarks, only results and errors; what looks prints nothing when all"
              + " is well")
  boolean quiet;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      scope = ScopeType.INHERIT,
      defaultValue = "5s",
      description = "how long a look at the nodes may take: 500ms, 5s, 1m")
  Duration timeout = Duration.ofSeconds(5);

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "shows where in replctl an error came from")
  boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "shows this")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "shows the version")
  boolean version;

  Root(Console console, Backend backend) {
    this.console = console;
    this.backend = backend;
  }
}

package replctl.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import replctl.cli.Failure;
import replctl.cli.render.ParametersPrinter;
import replctl.cli.wiring.InventoryFinder;
import replctl.cli.wiring.ParameterRequest;
import replctl.cli.wiring.Session;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;
import replctl.playbooks.engine.ParameterWish;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.ParameterView;
import replctl.playbooks.verb.RestartOptions.OfLeader;

/** {@code replctl parameter}. */
@Command(
    name = "parameter",
    description = {
      "Shows parameters of the servers: what each node runs with, by what it is set, what waits for"
          + " a restart, and where nodes differ. With NAME=VALUE they are changed on all nodes, and"
          + " seen to hold: by ALTER SYSTEM, or by SET PERSIST. All after the first = is the value."
          + " What takes hold only at a start is written down and waits for replctl restart; with"
          + " --restart all of that is one plan, in the order that followers need. With --reset what"
          + " was set is taken away. What other verbs or the inventory change is refused, with their"
          + " names. Values stand in plans and journals: no password belongs into them."
    },
    footer = {
      "  replctl parameter work_mem",
      "  replctl parameter work_mem=64MB log_min_duration_statement=250ms --dry-run",
      "  replctl parameter max_connections=300 --restart --yes",
      "  replctl parameter work_mem --reset"
    })
final class ParameterVerb extends Verb {
  @Parameters(
      arity = "1..*",
      paramLabel = "NAME[=VALUE]",
      description = "a parameter to show; with =VALUE, what it is to be")
  List<String> operands = new ArrayList<>();

  @Option(names = "--reset", description = "takes away what was set of them")
  boolean reset;

  @Option(
      names = "--node",
      paramLabel = "NODE",
      description = "only on that node, which differs from the others then; may be repeated")
  List<String> nodes = List.of();

  @Option(
      names = "--without",
      paramLabel = "NODE",
      description = "leaves that node as it is; may be repeated")
  List<String> without = List.of();

  @Option(
      names = "--weaken",
      paramLabel = "NAME",
      description = "also where writes are less safe with that parameter's value; may be repeated")
  List<String> weaken = List.of();

  @Option(
      names = "--restart",
      description = "restarts, one at a time, the servers that read it only at their start")
  boolean restart;

  @Option(
      names = "--leader",
      paramLabel = "HOW",
      description =
          "with --restart, what becomes of the leader: switchover (default), in-place or leave")
  Optional<String> leader = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "NODE",
      description = "with --restart, who is to lead then; else the best candidate")
  Optional<String> to = Optional.empty();

  @Mixin HowToChange how = new HowToChange();

  @Override
  int run() {
    List<ParameterWish> wishes = wishes();
    boolean shows = !reset && wishes.get(0).value().isEmpty();
    check(wishes, shows);
    Inventory inventory = inventory();
    Cluster found = InventoryFinder.cluster(inventory, Optional.ofNullable(root().cluster));
    try (Session session = root().backend.open(inventory, found, console().environment())) {
      return shows
          ? show(session, wishes)
          : how.run(
              this,
              session,
              new ParameterRequest(
                  wishes,
                  nodes,
                  without,
                  Set.copyOf(weaken),
                  restart ? Optional.of(ofLeader()) : Optional.empty(),
                  to));
    }
  }

  private List<ParameterWish> wishes() {
    List<ParameterWish> wishes = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (String typed : operands) {
      try {
        wishes.add(ParameterWish.of(typed));
      } catch (IllegalArgumentException unusable) {
        throw new ParameterException(
            spec.commandLine(), name(typed) + ": " + unusable.getMessage(), unusable);
      }
      if (!names.add(wishes.get(wishes.size() - 1).name())) {
        throw new ParameterException(spec.commandLine(), name(typed) + " is named twice");
      }
    }
    return wishes;
  }

  /** What may be shown of what was typed: not the value. */
  private static String name(String typed) {
    int equals = typed.indexOf('=');
    return equals < 0 ? typed : typed.substring(0, equals);
  }

  private void check(List<ParameterWish> wishes, boolean shows) {
    boolean values = wishes.get(0).value().isPresent();
    if (wishes.stream().anyMatch(w -> w.value().isPresent() != values)) {
      throw new ParameterException(
          spec.commandLine(), "either NAME=VALUE for each, or names alone");
    }
    if (reset && values) {
      throw new ParameterException(spec.commandLine(), "--reset: with names alone");
    }
    boolean changes = !nodes.isEmpty() || !without.isEmpty() || !weaken.isEmpty() || restart;
    if (shows && (changes || how.dryRun || how.out.isPresent())) {
      throw new ParameterException(
          spec.commandLine(),
          "what is it to be? " + wishes.get(0).name() + "=VALUE, or with --reset");
    }
    if (!restart && (leader.isPresent() || to.isPresent())) {
      throw new ParameterException(spec.commandLine(), "--leader and --to: only with --restart");
    }
    if (to.isPresent() && ofLeader() != OfLeader.SWITCHOVER) {
      throw new ParameterException(spec.commandLine(), "--to: only where the leader hands over");
    }
  }

  private OfLeader ofLeader() {
    String typed = leader.orElse(OfLeader.SWITCHOVER.word());
    for (OfLeader of : OfLeader.values()) {
      if (of.word().equals(typed)) {
        return of;
      }
    }
    throw new ParameterException(
        spec.commandLine(), "--leader: expected switchover, in-place or leave, found " + typed);
  }

  private int show(Session session, List<ParameterWish> wishes) {
    Snapshot seen = ParameterRequest.look(session, wishes, root().timeout);
    ClusterVerb.requireAnswer(session, seen);
    List<ParameterView> views = new ArrayList<>();
    for (ParameterWish wish : wishes) {
      Optional<Refusal> unknown = ParameterView.unknown(session.cluster(), seen, wish.name());
      if (unknown.isPresent()) {
        throw Failure.refused(unknown.get());
      }
      views.add(
          ParameterView.of(session.engine().parameters(), session.cluster(), seen, wish.name()));
    }
    return new ParametersPrinter(session.cluster(), seen.at(), views).to(page());
  }
}

package replctl.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.cli.Console;
import replctl.cli.command.CommandTree;
import replctl.cli.complete.Choice;
import replctl.cli.complete.Completion;
import replctl.cli.render.Shop;
import replctl.cli.wiring.Backend;
import replctl.inventory.Inventory;
import replctl.inventory.yaml.InventoryReader;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;

/**
 * What a Tab offers: pg1 leads, pg2 follows, a query holds pg3, pg4 is silent and may never lead.
 */
class ShellCompleterTest {
  private static final Inventory INVENTORY =
      new InventoryReader()
          .read(
              Path.of("/etc/replctl/inventory.yaml"),
              """
              version: 1
              clusters:
                shop:
                  engine: postgresql
                  nodes:
                    pg1: {host: pg1.example.net, region: us-east, leader: true}
                    pg2: {host: pg2.example.net}
                    pg3: {host: pg3.example.net, priority: 20}
                    pg4: {host: pg4.example.net, failover: never, cascade_from: pg2}
                blog:
                  engine: mysql
                  nodes:
                    my1: {host: my1.example.net, leader: true}
                    my2: {host: my2.example.net}
              """
                  .getBytes(StandardCharsets.UTF_8))
          .inventory()
          .orElseThrow();

  private final Completion words =
      new Completion(
          CommandTree.whole(
                  Console.of(
                      OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), Map.of()),
                  Backend.real())
              .line());

  private List<Choice> choices(String line, Optional<Snapshot> seen) {
    List<String> typed = new ArrayList<>(List.of(line.split(" ", -1)));
    String word = typed.remove(typed.size() - 1);
    LiveNames names =
        new LiveNames(
            () -> INVENTORY,
            () -> seen.map(s -> new Glance.Last(Shop.CLUSTER, s, 0)),
            Optional::empty);
    return new ShellCompleter(() -> words, names, () -> Optional.of("shop"))
        .choices(typed, word).stream().filter(c -> c.word().startsWith(word)).toList();
  }

  private List<String> offered(String line) {
    return choices(line, Optional.of(Shop.SEEN)).stream().map(Choice::word).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "switchover --to _, pg2",
    "switchover --to=_, --to=pg2",
    "plan switchover --to _, pg2",
    "failover --to _, pg2 pg3",
    "failover --confirm-fenced _, pg4",
    "rejoin _, pg4",
    "unfence _, pg4",
    "add _, pg4",
    "remove _, pg2 pg3 pg4",
    "why _, pg1 pg2 pg3 pg4",
    "switchover -c blog --to _, my1 my2",
    "use _, shop blog",
    "status _, shop blog",
    "rejoin pg4 --by _, follow rewind inject clone",
    "status -o j_, json",
    "status --output=j_, --output=json",
    "swi_, switchback switchover",
    "us_, use",
    "op res_, resume",
    "set --tim_, --timeout",
    "switchover --dry_, --dry-run"
  })
  void offersWhatIsValid(String line, String words) {
    assertThat(offered(line.replace("_", ""))).isEqualTo(List.of(words.split(" ")));
  }

  @Test
  void allNodesOfTheInventoryWhereNothingWasSeenYet() {
    assertThat(choices("switchover --to ", Optional.empty()).stream().map(Choice::word))
        .containsExactly("pg1", "pg2", "pg3", "pg4");
  }

  @Test
  void aNodeIsDescribedByTheLook() {
    assertThat(choices("why ", Optional.of(Shop.SEEN)))
        .containsExactly(
            new Choice("pg1", "leader, writable"),
            new Choice("pg2", "follower, streaming, 0 B, 0 s behind"),
            new Choice("pg3", "follower, streaming, 3.2 MiB, 1.4 s behind"),
            new Choice("pg4", "silent"));
  }

  @Test
  void nobodyIsOfferedWhereNobodyMayLead() {
    Snapshot seen = new Snapshot(Instant.EPOCH, List.of(Shop.leader("pg1"), Shop.silent("pg2")));

    assertThat(choices("switchover --to ", Optional.of(seen.of(all(seen))))).isEmpty();
  }

  private static List<NodeView> all(Snapshot seen) {
    List<NodeView> all = new ArrayList<>(seen.nodes());
    all.add(Shop.silent("pg3"));
    all.add(Shop.silent("pg4"));
    return all;
  }

  @Test
  void optionsSayWhatTheyDo() {
    assertThat(choices("switchover --to", Optional.empty()))
        .extracting(Choice::word)
        .containsExactly("--to");
    assertThat(choices("switchover --dr", Optional.empty()).get(0).description())
        .startsWith("shows the very plan");
  }
}

package replctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.candidate.Candidates;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Maintenance;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;

class LookPrintersTest {
  private static final Look LOOK = Shop.look(Shop.SEEN);

  private static Look seen(NodeView... nodes) {
    return Shop.look(new Snapshot(Instant.EPOCH, List.of(nodes)));
  }

  @Test
  void statusIsOneScreen() {
    assertThat(Rendered.plain(new StatusPrinter(LOOK)::lines))
        .isEqualTo(
            """
            shop   postgresql 17.12   semi-sync, 1 ack   warnings: pg4
            NODE  REGION   ROLE      STATE      POSITION    BEHIND         SYNC
            pg1   us-east  leader    writable   4/3000148
            pg2   us-east  follower  streaming  4/3000148      0 B    0 s  acks
            pg3   europe   follower  streaming  4/2CFF000  3.2 MiB  1.4 s  async
                  replay waits for a query of pid 812, 41 s old
            pg4   europe   unknown   silent                unknown
                  warning: nothing is known of it: took the connection and said nothing for 2 s; look\
             at its host and the network between; unreachable is not down
            durability  not known: pg1 does not say what it waits for
            ready       pg2 would lead after a switchover; if pg1 were lost now, what would be\
             lost with it is not known: pg1 does not say what it waits for
            """);
  }

  @Test
  void statusAsDataSaysUnknownAsNull() {
    assertThat(Json.of(new StatusPrinter(LOOK).doc()))
        .contains("\"leader\": \"pg1\"", "\"lagBytes\": 3355443", "\"lagSeconds\": 1.4")
        .contains(
            "\"candidate\": \"pg2\"",
            "\"lossWithLeader\": \"unknown\"",
            "\"lossBytes\": null",
            "\"lossTransactions\": null")
        .contains("\"role\": null", "\"lagBytes\": null", "\"contact\": \"silent\"");
  }

  @Test
  void statusTellsWhenCertificatesEnd() {
    assertThat(
            Rendered.with(new Lines.Look(true, false, false, 0), new StatusPrinter(LOOK)::lines)
                .lines()
                .filter(l -> l.matches("(NODE|pg[14]) .*"))
                .map(l -> l.replaceAll(".* {2}", "")))
        .containsExactly("CERTIFICATE", "to 2027-12-26", "pg4.example.net:5432");
    assertThat(Json.of(new StatusPrinter(LOOK).doc()))
        .contains("\"certificateEnd\": \"2027-12-26T00:00:00Z\"", "\"certificateEnd\": null");
  }

  @Test
  void twoWritableServersAreSaidFirst() {
    Look look =
        seen(Shop.leader("pg1"), Shop.leader("pg2"), Shop.silent("pg3"), Shop.silent("pg4"));

    assertThat(Rendered.plain(new StatusPrinter(look)::lines))
        .startsWith(
            "shop   postgresql 17.12   semi-sync, 1 ack   SPLIT BRAIN: pg1 and pg2 take writes\n");
  }

  @Test
  void nothingSeenIsUnknownAndNotDown() {
    Look look =
        seen(Shop.silent("pg1"), Shop.silent("pg2"), Shop.silent("pg3"), Shop.silent("pg4"));

    assertThat(look.verdict().text()).isEqualTo("unknown: no node answers");
  }

  @Test
  void noLeaderSeenIsNotNoLeader() {
    Look look =
        seen(Shop.silent("pg1"), Shop.keepingUp("pg2"), Shop.lagging("pg3"), Shop.silent("pg4"));

    assertThat(look.verdict().text()).isEqualTo("no leader seen");
  }

  @Test
  void theEpochStandsOnTheFirstLineAndWhatIsOwedIsRed() {
    NodeName pg4 = new NodeName("pg4");
    LeaderRecord record =
        new LeaderRecord(
            8,
            "op-8",
            new NodeName("pg1"),
            List.of(new NodeName("pg1"), new NodeName("pg2"), new NodeName("pg3")),
            1,
            List.of(),
            0,
            new TreeMap<>(Map.of(pg4, "power")),
            List.of(pg4));
    EpochFile file =
        new EpochFile.Known(
            true, 8, "op-8", false, "ann", OptionalLong.empty(), Optional.of(record));
    Look look =
        Shop.look(
            Shop.SEEN.with(
                Map.of(
                    new NodeName("pg1"),
                    file,
                    new NodeName("pg2"),
                    file,
                    new NodeName("pg3"),
                    file)));

    assertThat(Rendered.plain(new StatusPrinter(look)::lines))
        .startsWith("shop   postgresql 17.12   semi-sync, 1 ack   epoch 8   warnings: pg4\n")
        .contains(
            "\nowed        pg4 was closed from outside (power), and its own disk does not say so"
                + " yet: its start block and its closed configuration are owed; next: switch it on"
                + " by hand, then: replctl rejoin pg4\n");
    assertThat(Rendered.with(new Lines.Look(false, true, false, 0), new StatusPrinter(look)::lines))
        .contains("\u001b[1;31mpg4 was closed");
    assertThat(Json.of(new StatusPrinter(look).doc()))
        .contains("\"epoch\": 8,", "\"node\": \"pg4\"", "\"operation\": null");
  }

  @Test
  void maintenanceStandsOnTheFirstLineAndBelow() {
    NodeName pg1 = new NodeName("pg1");
    LeaderRecord record =
        new LeaderRecord(8, "op-8", pg1, List.of(pg1), 1, List.of(), 0, new TreeMap<>(), List.of());
    Maintenance hands =
        new Maintenance("op-8", "ann@ops1", "new disks", OptionalLong.of(7_200_000));
    EpochFile file =
        new EpochFile.Known(
            true,
            8,
            "op-8",
            false,
            "ann",
            OptionalLong.empty(),
            Optional.of(record.maintained(Optional.of(hands))),
            OptionalLong.of(300_000));
    Look look = Shop.look(Shop.SEEN.with(Map.of(pg1, file)));

    assertThat(Rendered.plain(new StatusPrinter(look)::lines))
        .startsWith("shop   postgresql 17.12   semi-sync, 1 ack   epoch 8   maintenance   ")
        .contains(
            "\nmaintenance hands off, by ann@ops1, begun 5 min ago, for 2 h (new disks); next:"
                + " replctl maintenance off shop\n");
    assertThat(Json.of(new StatusPrinter(look).doc()))
        .contains(
            "\"inForce\": true",
            "\"by\": \"ann@ops1\"",
            "\"reason\": \"new disks\"",
            "\"sinceSeconds\": 300",
            "\"limitSeconds\": 7200");
    assertThat(Json.of(new StatusPrinter(LOOK).doc())).contains("\"maintenance\": null");
  }

  @Test
  void topologyIsATree() {
    String tree = Rendered.plain(new TopologyPrinter(LOOK)::lines);

    assertThat(tree)
        .contains(
            """
            pg1        leader    writable   us-east
            |- pg2     follower  streaming  us-east  0 B, 0 s behind
            |  `- pg4  unknown   silent     europe   not known how far behind
            """)
        .contains("`- pg3     follower  streaming  europe   3.2 MiB, 1.4 s behind\n");
    assertThat(
            Rendered.with(new Lines.Look(false, false, true, 0), new TopologyPrinter(LOOK)::lines))
        .contains("├─ pg2     follower", "│  └─ pg4  unknown", "└─ pg3     follower");
  }

  @Test
  void topologyShowsNodesThatFollowEachOtherInARing() {
    Look look =
        seen(Shop.silent("pg1"), Shop.keepingUp("pg2"), Shop.silent("pg3"), Shop.silent("pg4"));

    assertThat(Rendered.plain(new TopologyPrinter(look)::lines))
        .contains("\npg1 ", "\n`- pg2", "\npg3 ", "   `- pg4");
  }

  @Test
  void lagSaysWhichPartOfTheWay() {
    assertThat(Rendered.plain(new LagPrinter(LOOK)::lines))
        .isEqualTo(
            """
            shop   postgresql 17.12   semi-sync, 1 ack   warnings: pg4
            NODE  FROM  STATE      TO RECEIVE  TO APPLY   BEHIND           CAUSE
            pg2   pg1   streaming         0 B       0 B      0 B      0 s
            pg3   pg1   streaming     1.0 KiB   3.2 MiB  3.2 MiB    1.4 s  query
                  replay waits for a query of pid 812, 41 s old
            pg4         silent        unknown   unknown  unknown  unknown  unknown
                  took the connection and said nothing for 2 s
            """);
  }

  @Test
  void candidatesShowEveryRule() {
    Candidates candidates = Candidates.of(Shop.CLUSTER, Shop.SEEN);
    String text = Rendered.plain(new CandidatesPrinter(Shop.CLUSTER, candidates)::lines);

    assertThat(text).startsWith("shop   ");
    assertThat(text).contains("FAIL", "may-lead", "failover: never");
    assertThat(text.lines().filter(l -> l.contains("may-lead"))).hasSize(3);
  }

  @Test
  void ofManyNodesTheFirstAndTheLastLinesTellWhatIsWrong() {
    List<String> lines = Rendered.plain(new StatusPrinter(Shop.crowd(200))::lines).lines().toList();

    assertThat(lines.get(0)).endsWith("warnings: n10, n20, n30, n40, n50 and 15 more");
    assertThat(lines).filteredOn(l -> l.matches("n\\d+ .*")).hasSize(200);
    assertThat(lines).filteredOn(l -> l.contains("said nothing for 2 s")).hasSize(20);
    assertThat(lines)
        .contains(
            "nodes       200: 1 writable, 179 streaming, 20 silent (n10, n20, n30, n40, n50 and 15"
                + " more)");
    assertThat(Rendered.plain(new StatusPrinter(Shop.crowd(20))::lines))
        .doesNotContain("nodes  ")
        .contains("warnings: n10 and n20");
  }

  @Test
  void ofManyCandidatesOnlyWhatSpeaksAgainstThemIsPrinted() {
    Look look = Shop.crowd(200);
    CandidatesPrinter printer =
        new CandidatesPrinter(look.cluster(), Candidates.of(look.cluster(), look.seen()));

    assertThat(Rendered.plain(printer::lines))
        .doesNotContain("  pass ")
        .contains("n2    can lead", "n10   can't lead")
        .containsPattern("\\n +unknown +answers ");
    assertThat(Rendered.with(new Lines.Look(true, false, false, 0), printer::lines))
        .contains("  pass ");
    assertThat(Json.of(printer.doc())).contains("\"verdict\": \"pass\"");
  }
}

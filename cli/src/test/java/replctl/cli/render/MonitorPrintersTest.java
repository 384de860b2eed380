package replctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.monitor.Aspect;
import replctl.playbooks.verb.monitor.Gauge;
import replctl.playbooks.verb.monitor.Measure;
import replctl.playbooks.verb.monitor.Monitored;
import replctl.playbooks.verb.monitor.Sight;
import replctl.playbooks.verb.monitor.State;
import replctl.playbooks.verb.monitor.Thresholds;
import replctl.playbooks.verb.monitor.Verdict;
import replctl.playbooks.verb.monitor.Wish;
import replctl.playbooks.world.Facts;

/** What monitors read: a plugin's lines, and a page of metrics. */
class MonitorPrintersTest {
  /** A mount point as a host may name it: quote, line end, backslash, bar, escape, equals sign. */
  private static final String HOSTILE = "/a\"b'c\nd\\e|f\u001b[31m=g";

  private static CheckPrinter check(Snapshot seen, Wish wish) {
    Sight sight = new Sight(Shop.CLUSTER, seen, new PostgresqlEngine().survey().levels());
    return new CheckPrinter(sight, Monitored.of(sight, wish));
  }

  private static Wish only(Aspect aspect) {
    return new Wish(Set.of(aspect), List.of(), Thresholds.NONE);
  }

  /** Its first node's disk is mounted there. */
  private static Snapshot mounted(String mount) {
    NodeView first = Shop.SEEN.nodes().get(0);
    Server s = first.server().orElseThrow();
    Facts facts =
        s.facts()
            .and(
                Facts.of(
                    Map.of(
                        HostFact.DISKS,
                        "1",
                        "disk.1.mount",
                        mount,
                        "disk.1.use",
                        "data",
                        "disk.1.used",
                        "85",
                        "disk.1.free",
                        "15")));
    Server other =
        new Server(
            s.presence(),
            s.role(),
            s.identity(),
            s.version(),
            s.position(),
            s.applied(),
            s.upstream(),
            s.streaming(),
            s.sync(),
            s.lag(),
            s.findings(),
            facts);
    List<NodeView> nodes = new java.util.ArrayList<>(Shop.SEEN.nodes());
    nodes.set(0, new NodeView(first.name(), first.contact(), Optional.of(other)));
    return new Snapshot(Shop.SEEN.at(), nodes);
  }

  @Test
  void aPluginsFirstLineHasTheWorstAndTheValues() {
    CheckPrinter lag = check(Shop.SEEN, only(Aspect.LAG));

    assertThat(Rendered.plain(lag::lines))
        .isEqualTo(
            """
            REPLCTL UNKNOWN - shop: pg4: how far behind it is is not known: took the connection and\
             said nothing for 2 s | 'pg2 lag'=0s;30;;0 'pg2 lag_bytes'=0B;104857600;;0\
             'pg3 lag'=1.4s;30;;0 'pg3 lag_bytes'=3355443B;104857600;;0 'pg4 lag'=U;30;;0\
             'pg4 lag_bytes'=U;104857600;;0
            UNKNOWN lag: pg4: how far behind it is is not known: took the connection and said\
             nothing for 2 s
            next: replctl status shop
            """);
    assertThat(lag.told().state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void theFirstLineOfManyProblemsIsShort() {
    String first =
        Rendered.plain(check(GoldenJsonTest.recorded(), Wish.ALL)::lines).lines().findFirst().get();

    assertThat(first).startsWith("REPLCTL WARNING - shop: ").containsPattern("; and \\d+ more \\|");
  }

  @Test
  void whatAHostNamesStaysInItsPlace() {
    String text = Rendered.plain(check(mounted(HOSTILE), only(Aspect.DISK))::lines);
    String first = text.lines().findFirst().orElseThrow();

    assertThat(text).doesNotContain("\u001b");
    assertThat(first.split("\\|")).hasSize(2);
    assertThat(first.split("\\|")[1])
        .isEqualTo(" 'pg1 disk /a\"b''c; d\\e/f\\x1b[31m_g'=85%;80;95;0;100");
  }

  @Test
  void valuesAreWrittenWithoutExponents() {
    Measure measure =
        new Measure(
            "x",
            Gauge.Unit.BYTES,
            Optional.of(new BigDecimal("1e12")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new BigDecimal("1.500")));

    assertThat(PluginText.data(List.of(measure))).isEqualTo("'x'=1000000000000B;;;;1.5");
  }

  @Test
  void aChangeIsToldByStatesAndNotByValues() {
    List<String> marks = check(Shop.SEEN, Wish.ALL).marks();

    assertThat(marks).contains("lag UNKNOWN pg4", "role WARNING pg4");
    assertThat(check(mounted("/"), only(Aspect.DISK)).marks())
        .contains("disk WARNING pg1", "disk UNKNOWN pg2");
    assertThat(Shop.look(Shop.SEEN).marks()).contains("leader pg1", "WARNING unreachable pg4");
  }

  private static String metrics(Snapshot seen) {
    Sight sight = new Sight(Shop.CLUSTER, seen, new PostgresqlEngine().survey().levels());
    return Metrics.text(
        List.of(
            new Metrics.Seen(
                Shop.look(seen), Monitored.of(sight, only(Aspect.ROLE)), Duration.ofMillis(250))));
  }

  @Test
  void metricsAreWhatIsKnown() {
    Map<String, String> samples = Page.of(metrics(GoldenJsonTest.recorded()));

    assertThat(samples)
        .containsEntry("replctl_cluster_epoch{cluster=shop}", "8")
        .containsEntry("replctl_cluster_writable_nodes{cluster=shop}", "1")
        .containsEntry("replctl_look_timestamp_seconds{cluster=shop}", "1795489920")
        .containsEntry("replctl_look_duration_seconds{cluster=shop}", "0.25")
        .containsEntry("replctl_check_state{cluster=shop, check=role}", "1")
        .containsEntry("replctl_node_up{cluster=shop, node=pg4}", "0")
        .containsEntry("replctl_fence_owed{cluster=shop, node=pg4}", "1")
        .containsEntry("replctl_replication_lag_seconds{cluster=shop, node=pg3}", "1.4")
        .containsEntry("replctl_replication_lag_bytes{cluster=shop, node=pg3}", "3355443")
        .containsEntry("replctl_node_role{cluster=shop, node=pg1, role=leader}", "1")
        .containsEntry("replctl_node_role{cluster=shop, node=pg4, role=unknown}", "1");
    assertThat(samples.keySet())
        .noneMatch(s -> s.startsWith("replctl_replication_lag_bytes") && s.contains("pg4"))
        .noneMatch(s -> s.startsWith("replctl_replication_lag_bytes") && s.contains("pg1"))
        .noneMatch(s -> s.startsWith("replctl_node_writable") && s.contains("pg4"));
  }

  @Test
  void whereNothingIsRecordedNothingIsSaidToBeOwed() {
    assertThat(Page.of(metrics(Shop.SEEN)).keySet())
        .noneMatch(s -> s.startsWith("replctl_fence_owed"))
        .noneMatch(s -> s.startsWith("replctl_cluster_epoch"));
  }

  /** Hostile input 61. */
  @Test
  void labelsAreEscaped() {
    String page = metrics(mounted(HOSTILE));

    assertThat(page)
        .contains(
            "replctl_disk_used_bytes{cluster=\"shop\",node=\"pg1\",mount=\"/a\\\"b'c\\nd\\\\e|f\\\\x1b[31m=g\"}"
                + " 85\n");
    assertThat(Page.of(page))
        .containsEntry(
            "replctl_disk_used_bytes{cluster=shop, node=pg1, mount=/a\"b'c\nd\\e|f\\x1b[31m=g}",
            "85");
  }

  @Test
  void samplesOfTwoClustersStandTogether() {
    Sight sight = new Sight(Shop.CLUSTER, Shop.SEEN, new PostgresqlEngine().survey().levels());
    Metrics.Seen shop =
        new Metrics.Seen(
            Shop.look(Shop.SEEN), Monitored.of(sight, only(Aspect.ROLE)), Duration.ZERO);
    Look crowd = Shop.crowd(3);
    Sight others =
        new Sight(crowd.cluster(), crowd.seen(), new PostgresqlEngine().survey().levels());
    Metrics.Seen more =
        new Metrics.Seen(crowd, Monitored.of(others, only(Aspect.ROLE)), Duration.ZERO);

    assertThat(Page.of(Metrics.text(List.of(shop, more))))
        .containsKeys(
            "replctl_node_up{cluster=shop, node=pg1}", "replctl_node_up{cluster=crowd, node=n1}");
  }

  @Test
  void problemsAreToldOfNodes() {
    assertThat(
            new Verdict.Problem(State.WARNING, Optional.of(new NodeName("pg1")), "is ill").words())
        .isEqualTo("pg1: is ill");
  }

  /** A page as the grammar of OpenMetrics has it; whatever is not of it fails the test. */
  private static final class Page {
    private static final Pattern META =
        Pattern.compile("# (HELP|TYPE|UNIT) ([a-z][a-z0-9_]*) ([^\"\\\\]+)");
    private static final Pattern SAMPLE =
        Pattern.compile("([a-z][a-z0-9_]*)(?:\\{(.*)\\})? (-?[0-9]+(?:\\.[0-9]+)?)");
    private static final Pattern LABEL =
        Pattern.compile("([a-z][a-z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");

    static Map<String, String> of(String page) {
      assertThat(page).endsWith("\n# EOF\n");
      Map<String, String> samples = new LinkedHashMap<>();
      Set<String> closed = new TreeSet<>();
      String family = "";
      String type = "";
      for (String line : page.substring(0, page.length() - "# EOF\n".length()).split("\n")) {
        Matcher meta = META.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (meta.matches()) {
          if (!meta.group(2).equals(family)) {
            assertThat(closed.add(family)).as("families stand together: %s", line).isTrue();
            assertThat(closed).doesNotContain(meta.group(2));
            assertThat(meta.group(1)).isEqualTo("HELP");
            family = meta.group(2);
          }
          type = meta.group(1).equals("TYPE") ? meta.group(3) : type;
          if (meta.group(1).equals("UNIT")) {
            assertThat(family).endsWith("_" + meta.group(3));
          }
        } else {
          assertThat(sample.matches()).as(line).isTrue();
          assertThat(sample.group(1)).isEqualTo(family);
          assertThat(type).isEqualTo("gauge");
          String labels = sample.group(2) == null ? "" : labels(sample.group(2));
          assertThat(samples.put(family + labels, sample.group(3))).as(line).isNull();
        }
      }
      return samples;
    }

    private static String labels(String text) {
      Map<String, String> labels = new LinkedHashMap<>();
      Matcher label = LABEL.matcher(text);
      int end = 0;
      while (end < text.length()) {
        assertThat(label.find(end) && label.start() == end).as(text).isTrue();
        assertThat(labels.put(label.group(1), plain(label.group(2)))).isNull();
        end = label.end();
      }
      return labels.toString();
    }

    private static String plain(String escaped) {
      StringBuilder plain = new StringBuilder();
      for (int i = 0; i < escaped.length(); i++) {
        char c = escaped.charAt(i);
        if (c == '\\') {
          i++;
          plain.append(escaped.charAt(i) == 'n' ? '\n' : escaped.charAt(i));
        } else {
          plain.append(c);
        }
      }
      return plain.toString();
    }
  }
}

package replctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;

class TrailTest {
  private static final NodeName PG2 = new NodeName("pg2");

  private static String graph(boolean unicode, long... bytes) {
    List<OptionalLong> looks = new ArrayList<>();
    for (long one : bytes) {
      looks.add(one < 0 ? OptionalLong.empty() : OptionalLong.of(one));
    }
    return new Trail(Map.of(PG2, looks)).graph(PG2, unicode);
  }

  @Test
  void isAsHighAsTheMost() {
    assertThat(graph(true, 0, 1 << 20, 4 << 20, 7 << 20, 0)).isEqualTo("▁▂▅█▁");
    assertThat(graph(false, 0, 1 << 20, 4 << 20, 7 << 20, 0)).isEqualTo("_.-#_".replace('-', '='));
  }

  @Test
  void anIdleFollowerIsFlatAndUnknownIsNoZero() {
    assertThat(graph(true, 0, 120, 8, -1)).isEqualTo("▁▁▁?");
  }

  @Test
  void watchingShowsIt() {
    Trail trail = Trail.NONE;
    assertThat(Rendered.plain(new LagPrinter(Shop.look(Shop.SEEN), trail.with(Shop.SEEN))::lines))
        .doesNotContain("TREND");
    for (int i = 0; i < 30; i++) {
      trail = trail.with(Shop.SEEN);
    }

    String graph = "#".repeat(Trail.LENGTH);
    assertThat(Rendered.plain(new LagPrinter(Shop.look(Shop.SEEN), trail)::lines))
        .contains("TREND", "query    " + graph);
    assertThat(Rendered.plain(new StatusPrinter(Shop.look(Shop.SEEN), trail)::lines))
        .contains("TREND", "async  " + graph);
    assertThat(Rendered.plain(new TopologyPrinter(Shop.look(Shop.SEEN), trail)::lines))
        .contains("1.4 s behind     " + graph);
  }
}

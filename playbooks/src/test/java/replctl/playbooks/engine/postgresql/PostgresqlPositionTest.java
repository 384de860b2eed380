package replctl.playbooks.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.playbooks.snapshot.Position.Order;

class PostgresqlPositionTest {
  /** Timeline 2 left 1 at 0/500, in another life at 0/400; 3 left 2 at 0/600. */
  private static final String TWO = "1\t0/500\tno recovery target specified\n";

  private static final String OTHER_TWO = "1\t0/400\tno recovery target specified\n";
  private static final String THREE = TWO + "\n2\t0/600\tno recovery target specified\n";

  private static PostgresqlPosition at(long timeline, String lsn, String history) {
    Optional<String> file = history.isEmpty() ? Optional.empty() : Optional.of(history);
    return PostgresqlPosition.of(timeline, lsn, file).orElseThrow();
  }

  private static String history(String name) {
    return switch (name) {
      case "two" -> TWO;
      case "other" -> OTHER_TWO;
      case "three" -> THREE;
      default -> "";
    };
  }

  @ParameterizedTest
  @CsvSource({
    // timeline, lsn, history of each; how the first lies to the second; bytes
    "1, 0/400, -,     1, 0/400, -,     EQUAL, 0",
    "1, 0/400, -,     1, 0/4FF, -,     BEFORE, -255",
    "1, FF/0, -,      1, FE/FFFFFFFF, -, AFTER, 1",
    // before the fork, at the fork, past the fork
    "1, 0/4FF, -,     2, 0/700, two,   BEFORE, -513",
    "1, 0/500, -,     2, 0/700, two,   BEFORE, -512",
    "1, 0/501, -,     2, 0/700, two,   DIVERGED,",
    "1, 0/800, -,     2, 0/700, two,   DIVERGED,",
    // nothing was written on the new timeline yet
    "1, 0/500, -,     2, 0/500, two,   EQUAL, 0",
    "1, 0/501, -,     2, 0/500, two,   AFTER, 1",
    // an address below the fork belongs to the ancestor
    "1, 0/450, -,     2, 0/450, two,   EQUAL, 0",
    // grandchildren
    "1, 0/500, -,     3, 0/700, three, BEFORE, -512",
    "2, 0/600, two,   3, 0/700, three, BEFORE, -256",
    "2, 0/601, two,   3, 0/700, three, DIVERGED,",
    // the same timeline number, promoted twice, from different addresses
    "2, 0/700, two,   2, 0/700, other, DIVERGED,",
    "2, 0/400, two,   2, 0/700, other, BEFORE, -768",
    "2, 0/401, two,   2, 0/700, other, DIVERGED,",
    "3, 0/700, three, 2, 0/700, other, DIVERGED,",
    // a history that nobody knows is like its own kind only
    "2, 0/700, -,     2, 0/700, two,   DIVERGED,",
    "2, 0/600, -,     2, 0/700, -,     BEFORE, -256",
    "2, 0/600, -,     3, 0/700, -,     DIVERGED,",
  })
  void positionsLieToEachOther(
      long timelineA,
      String lsnA,
      String historyA,
      long timelineB,
      String lsnB,
      String historyB,
      Order order,
      Long bytes) {
    PostgresqlPosition a = at(timelineA, lsnA, history(historyA));
    PostgresqlPosition b = at(timelineB, lsnB, history(historyB));

    assertThat(a.compare(b)).isEqualTo(order);
    assertThat(a.bytesPast(b))
        .isEqualTo(bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes));
  }

  @Test
  void historiesPartAtTheLowerOfTheTwoForks() {
    assertThat(at(2, "0/700", TWO).partedAt(at(2, "0/700", OTHER_TWO))).contains(new Lsn(0x400));
    assertThat(at(1, "0/800", "").partedAt(at(2, "0/700", TWO))).contains(new Lsn(0x500));
    assertThat(at(1, "0/400", "").partedAt(at(2, "0/700", TWO))).isEmpty();
  }

  @Test
  void theSamePromotionTwiceCannotBeSeen() {
    assertThat(at(2, "0/700", TWO).compare(at(2, "0/700", TWO))).isEqualTo(Order.EQUAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "/",
        "0/",
        "/0",
        "0/0",
        "ZZ/1",
        "0/123456789",
        "1/2/3",
        " 0/1",
        "0/1 ",
        "-1/2",
        "+1/2",
        "0x1/2",
        "１/2",
        "0/1\n",
        "𝟎/1"
      })
  void whatIsNoAddressIsNotRead(String text) {
    assertThat(Lsn.parse(text)).isEmpty();
    assertThat(PostgresqlPosition.of(1, text, Optional.empty())).isEmpty();
  }

  @Property
  void anyTextIsReadOrNot(@ForAll String text) {
    Lsn.parse(text).ifPresent(lsn -> assertThat(lsn.toString()).isEqualToIgnoringCase(plain(text)));
  }

  /** Without leading zeros. */
  private static String plain(String lsn) {
    String[] halves = lsn.split("/");
    return halves[0].replaceFirst("^0+(?=.)", "") + "/" + halves[1].replaceFirst("^0+(?=.)", "");
  }

  @Property
  void anyAddressIsReadBack(@ForAll long value) {
    if (value != 0) {
      assertThat(Lsn.parse(new Lsn(value).toString())).contains(new Lsn(value));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2\t0/500\tof itself",
        "3\t0/500\tof a descendant",
        "0\t0/500\tno timeline",
        "1\tZZ/1\tno address",
        "1\t0/0\tno address",
        "nothing",
        "1\t0/500\ta\n1\t0/600\ttwice",
        "99999999999999999999\t0/500\ttoo large",
        "# only a remark",
      })
  void aHistoryThatCannotBeIsUnknown(String file) {
    assertThat(TimelineHistory.parse(2, Optional.of(file))).isEqualTo(TimelineHistory.UNKNOWN);
  }

  @Test
  void addressesOfForksOnlyRise() {
    assertThat(TimelineHistory.parse(3, Optional.of("1\t0/600\t\n2\t0/500\t\n")).known()).isFalse();
  }

  @Property
  void everyPositionIsEqualToItself(@ForAll("positions") PostgresqlPosition a) {
    assertThat(a.compare(a)).isEqualTo(Order.EQUAL);
    assertThat(a.bytesPast(a)).isEqualTo(OptionalLong.of(0));
  }

  @Property
  void theOtherWayRoundIsTheOpposite(
      @ForAll("positions") PostgresqlPosition a, @ForAll("positions") PostgresqlPosition b) {
    assertThat(b.compare(a))
        .isEqualTo(
            switch (a.compare(b)) {
              case BEFORE -> Order.AFTER;
              case AFTER -> Order.BEFORE;
              case EQUAL -> Order.EQUAL;
              case DIVERGED -> Order.DIVERGED;
            });
    assertThat(b.bytesPast(a).isPresent()).isEqualTo(a.bytesPast(b).isPresent());
  }

  @Property
  void whatIsBeforeTheEarlierIsBeforeTheLater(
      @ForAll("positions") PostgresqlPosition a,
      @ForAll("positions") PostgresqlPosition b,
      @ForAll("positions") PostgresqlPosition c) {
    boolean first = a.compare(b) == Order.BEFORE || a.compare(b) == Order.EQUAL;
    boolean second = b.compare(c) == Order.BEFORE || b.compare(c) == Order.EQUAL;
    if (first && second) {
      boolean equal = a.compare(b) == Order.EQUAL && b.compare(c) == Order.EQUAL;
      assertThat(a.compare(c)).isEqualTo(equal ? Order.EQUAL : Order.BEFORE);
    }
  }

  @Property
  void onOneHistoryNothingDiverges(
      @ForAll("histories") TimelineHistory history,
      @ForAll("addresses") Lsn a,
      @ForAll("addresses") Lsn b) {
    long timeline = history.forks().size() + 1L;
    PostgresqlPosition one = new PostgresqlPosition(timeline, a, history);

    assertThat(one.compare(one.at(b))).isNotEqualTo(Order.DIVERGED);
    assertThat(one.bytesPast(one.at(b))).isEqualTo(a.minus(b));
  }

  @Property
  void aBeginningOfAHistoryIsBeforeItsEnd(
      @ForAll("histories") TimelineHistory history, @ForAll("addresses") Lsn end) {
    long timeline = history.forks().size() + 1L;
    PostgresqlPosition last = new PostgresqlPosition(timeline, end, history);
    for (int i = 0; i < history.forks().size(); i++) {
      TimelineHistory.Fork fork = history.forks().get(i);
      TimelineHistory before = new TimelineHistory(true, history.forks().subList(0, i));
      PostgresqlPosition left = new PostgresqlPosition(fork.timeline(), fork.end(), before);
      if (fork.end().compareTo(end) <= 0) {
        assertThat(left.compare(last)).isIn(Order.BEFORE, Order.EQUAL);
      }
    }
  }

  /** Few addresses and few timelines, so that forks meet often. */
  @Provide
  Arbitrary<Lsn> addresses() {
    return Arbitraries.longs().between(1, 12).map(Lsn::new);
  }

  @Provide
  Arbitrary<TimelineHistory> histories() {
    return addresses()
        .list()
        .ofMaxSize(3)
        .map(
            ends -> {
              List<TimelineHistory.Fork> forks = new ArrayList<>();
              ends.stream()
                  .sorted()
                  .forEach(end -> forks.add(new TimelineHistory.Fork(forks.size() + 1L, end)));
              return new TimelineHistory(true, forks);
            });
  }

  @Provide
  Arbitrary<PostgresqlPosition> positions() {
    Arbitrary<PostgresqlPosition> known =
        net.jqwik.api.Combinators.combine(histories(), addresses())
            .as((h, at) -> new PostgresqlPosition(h.forks().size() + 1L, at, h));
    Arbitrary<PostgresqlPosition> unknown =
        net.jqwik.api.Combinators.combine(Arbitraries.longs().between(2, 4), addresses())
            .as((t, at) -> new PostgresqlPosition(t, at, TimelineHistory.UNKNOWN));
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(5, known), net.jqwik.api.Tuple.of(1, unknown));
  }
}

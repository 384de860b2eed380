package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.playbooks.snapshot.Position.Order;

class GtidSetTest {
  private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
  private static final String B = "4f22fb58-82db-22f2-af44-d91bba53a673";

  private static GtidSet set(String text) {
    return GtidSet.parse(full(text)).orElseThrow();
  }

  /** A and B stand for UUIDs. */
  private static String full(String text) {
    return text.replace("A", A).replace("B", B);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "'' | ''",
        "' , ' | ''",
        "A:1 | A:1",
        "A:1-5 | A:1-5",
        "A:1-5:6:8-9 | A:1-6:8-9",
        "A:8-9:1-5 | A:1-5:8-9",
        "A:3-5:1-4 | A:1-5",
        // no numbers at all
        "A:5-3 | ''",
        "A:5-3:7 | A:7",
        "B:1,A:2 | A:2,B:1",
        "A:1,A:2 | A:1-2",
        // as the server prints it: a line each
        "'A:1-5,\nB:7' | A:1-5,B:7",
        "' A : 1 - 5 ' | -",
        "' A:1-5 , B:7 ' | A:1-5,B:7",
        // tags: MySQL 8.3 and later
        "A:1-5:tag:1-3 | A:1-5:tag:1-3",
        "A:tag:1-3 | A:tag:1-3",
        "A:DOM:1:4 | A:dom:1:4",
        "A:b:1:a:2 | A:a:2:b:1",
        "A:b:1:a:2,A:3 | A:3:a:2:b:1",
        "A:1-9223372036854775806 | A:1-9223372036854775806",
      })
  void readsWhatServersSay(String text, String printed) {
    if (printed.equals("-")) {
      assertThat(GtidSet.parse(full(text))).isEmpty();
    } else {
      assertThat(set(text)).hasToString(full(printed));
    }
  }

  @Test
  void takesUuidsInCapitals() {
    assertThat(GtidSet.parse("3E11FA47-71CA-11E1-9E33-C80AA9429562:1")).contains(set("A:1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        "A:",
        "A:0",
        "A:1-",
        "A:-1",
        "A:1-2-3",
        "A:x y:1",
        "A:tag",
        "A:1:tag",
        "A:tag:tag:1",
        "A:9223372036854775807",
        "A:99999999999999999999",
        "A:1;B:1",
        "3e11fa47-71ca-11e1-9e33:1",
        "3e11fa47-71ca-11e1-9e33-c80aa942956g:1",
        "x",
        "ON",
        "A:1, x",
      })
  void leavesWhatIsNone(String text) {
    assertThat(GtidSet.parse(full(text))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        // one, the other, how they lie, what the first has alone
        "A:1-5 | A:1-5 | EQUAL | ''",
        "A:1-5 | A:1-6 | BEFORE | ''",
        "A:1-6 | A:1-5 | AFTER | A:6",
        "A:1-5,B:1 | A:1-6 | DIVERGED | B:1",
        "A:1-5:7 | A:1-6 | DIVERGED | A:7",
        "'' | A:1 | BEFORE | ''",
        "'' | '' | EQUAL | ''",
        "A:1-3:tag:1 | A:1-3 | AFTER | A:tag:1",
        "A:tag:1 | A:1 | DIVERGED | A:tag:1",
        "A:1-100 | A:5:10-20:99 | AFTER | A:1-4:6-9:21-98:100",
      })
  void liesToAnother(String one, String other, Order order, String alone) {
    assertThat(new MysqlPosition(set(one)).compare(new MysqlPosition(set(other)))).isEqualTo(order);
    assertThat(set(one).without(set(other))).hasToString(full(alone));
  }

  /** More of the leader's own is what it wrote since; more of another's has parted from it. */
  @Test
  void whatAServerAloneHasPartsItFromTheOthers() {
    MysqlPosition leader = new MysqlPosition(set("A:1-5"));
    MysqlPosition more = new MysqlPosition(set("A:1-6"));
    MysqlPosition own = new MysqlPosition(set("A:1-5,B:1"), set("B:1"), GtidSet.NONE);

    assertThat(more.compare(leader)).isEqualTo(Order.AFTER);
    assertThat(own.compare(leader)).isEqualTo(Order.DIVERGED);
    assertThat(leader.compare(own)).isEqualTo(Order.DIVERGED);
    assertThat(own.compare(own)).isEqualTo(Order.EQUAL);
  }

  @Test
  void countsWhatItHas() {
    assertThat(set("A:1-5:7,B:tag:3-4").count()).isEqualTo(8);
    assertThat(set("A:1-9223372036854775806,B:1-9223372036854775806").count())
        .isEqualTo(Long.MAX_VALUE);
    assertThat(set("A:1-5:tag:9,B:3").of(A)).hasToString(full("A:1-5:tag:9"));
  }

  // Against the plain sets that they stand for.

  @Property
  void isASetOfTransactions(@ForAll("sets") Set<String> one, @ForAll("sets") Set<String> other) {
    GtidSet a = of(one);
    GtidSet b = of(other);
    Set<String> both = new HashSet<>(one);
    both.addAll(other);
    Set<String> alone = new HashSet<>(one);
    alone.removeAll(other);

    assertThat(a.with(b)).isEqualTo(of(both)).isEqualTo(b.with(a));
    assertThat(a.without(b)).isEqualTo(of(alone));
    assertThat(a.contains(b)).isEqualTo(one.containsAll(other));
    assertThat(a.count()).isEqualTo(one.size());
    assertThat(a.isEmpty()).isEqualTo(one.isEmpty());
  }

  @Property
  void isReadAsItIsPrinted(@ForAll("sets") Set<String> transactions) {
    GtidSet set = of(transactions);
    assertThat(GtidSet.parse(set.toString())).contains(set);
  }

  /** Each transaction by itself, in no order. */
  private static GtidSet of(Set<String> transactions) {
    return set(String.join(",", new TreeSet<>(transactions).descendingSet()));
  }

  @Provide
  Arbitrary<Set<String>> sets() {
    Arbitrary<String> source = Arbitraries.of("A", "A:tag", "A:other", "B");
    Arbitrary<Integer> number = Arbitraries.integers().between(1, 12);
    return Combinators.combine(source, number)
        .as(Map::entry)
        .set()
        .ofMaxSize(24)
        .map(s -> s.stream().map(e -> e.getKey() + ":" + e.getValue()).collect(Collectors.toSet()));
  }
}

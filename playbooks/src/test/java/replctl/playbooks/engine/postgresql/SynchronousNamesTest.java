package replctl.playbooks.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every text here was given to PostgreSQL 15, which took or refused it as told. */
class SynchronousNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pg2                           | 1 | true  | pg2",
        "pg2, pg3                      | 1 | true  | pg2;pg3",
        "2 (pg2, pg3)                  | 2 | true  | pg2;pg3",
        "FIRST 2 (pg2, pg3)            | 2 | true  | pg2;pg3",
        "any 1 (\"pg-2\",\"pg 3\")     | 1 | false | pg-2;pg 3",
        "ANY 1 (\"a\"\"b\")            | 1 | false | a\"b",
        "ANY 3 (pg2)                   | 3 | false | pg2",
        "*                             | 1 | true  | *",
        "ANY 2 (*)                     | 2 | false | *",
        "pg2, *                        | 1 | true  | pg2;*",
        "\"any\", \"first\"            | 1 | true  | any;first",
        "1, 2                          | 1 | true  | 1;2",
        "ANY 1 (pg2, pg2)              | 1 | false | pg2;pg2",
      })
  void whatTheServerTakesIsRead(String text, int needed, boolean inOrder, String names) {
    assertThat(SynchronousNames.parse(text))
        .contains(new SynchronousNames(needed, inOrder, List.of(names.split(";"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pg-2", "ANY (pg2)", "ANY 1 pg2", "ANY 0 (pg2)", "0 (pg2)", "pg2,", ",pg2", "ANY 1 ()",
        "ANY 1 (pg2", "ANY 1 (pg2))", "\"pg2", "pg2 pg3", "any, first", "FIRST", "(pg2)", "1 (",
        "pg2;pg3", "()", "ANY 1 ((pg2))"
      })
  void whatTheServerRefusesIsNot(String text) {
    assertThat(SynchronousNames.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void nothingIsNobody(String text) {
    assertThat(SynchronousNames.parse(text)).contains(SynchronousNames.NONE);
  }

  @Test
  void namesAreComparedWithoutCase() {
    SynchronousNames names = SynchronousNames.parse("ANY 1 (\"PG2\")").orElseThrow();
    assertThat(names.names("pg2")).isTrue();
    assertThat(names.names("pg3")).isFalse();
    assertThat(SynchronousNames.parse("*").orElseThrow().names("whoever")).isTrue();
  }

  @Property
  void anyTextIsReadOrNot(@ForAll String text) {
    SynchronousNames.parse(text).ifPresent(n -> assertThat(n.needed()).isNotNegative());
  }

  @Property
  void anyTextOfItsOwnSignsIsReadOrNot(
      @ForAll @Chars({'A', 'N', 'Y', ' ', '1', '(', ')', ',', '"', '*', '-', 'p'}) String text) {
    SynchronousNames.parse(text)
        .ifPresent(n -> assertThat(n.names().isEmpty()).isEqualTo(n.needed() == 0));
  }
}

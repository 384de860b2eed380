package replctl.playbooks.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How what is typed of a parameter is read. */
class ParameterWishTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "work_mem=64MB|work_mem|64MB",
        "WORK-MEM=64MB|work_mem|64MB",
        " work_mem =64MB|work_mem|64MB",
        "a=b=c|a|b=c",
        "a==|a|=",
        "a= b |a| b ",
        "a=it's \"x\"; $(id) `id` \\n -- ü|a|it's \"x\"; $(id) `id` \\n -- ü",
        "auto_explain.log_format=json|auto_explain.log_format|json",
      })
  void allAfterTheFirstEqualsSignIsTheValue(String typed, String name, String value) {
    assertThat(ParameterWish.of(typed)).isEqualTo(new ParameterWish(name, Optional.of(value)));
  }

  @Test
  void theEmptyTextIsAValueAndNoEqualsSignIsNone() {
    assertThat(ParameterWish.of("a=").value()).contains("");
    assertThat(ParameterWish.of("a").value()).isEmpty();
    assertThat(ParameterWish.lines(List.of(ParameterWish.of("a="), ParameterWish.of("b"))))
        .isEqualTo("a=\nb");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=b\nfsync=off",
        "a=b\rc",
        "a=\u0000",
        "a=\u001b[2J",
        "a=b\u0085c",
        "a=b\u2028c",
        "a=\ud800",
      })
  void whatCouldBeTakenForALineOfItsOwnIsRefused(String typed) {
    assertThatThrownBy(() -> ParameterWish.of(typed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("control character");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "=x", "a b=1", "a;b=1", "a'=1", "a.b.c=1", "1a=1", "ä=1", "a$=1"})
  void whatIsNoNameIsRefused(String typed) {
    assertThatThrownBy(() -> ParameterWish.of(typed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not the name");
  }

  @Test
  void aValueHasAnEnd() {
    assertThatThrownBy(() -> ParameterWish.of("a=" + "x".repeat(ParameterWish.LONGEST + 1)))
        .hasMessageContaining("4096");
  }
}

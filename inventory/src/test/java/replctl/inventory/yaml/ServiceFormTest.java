package replctl.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceFormTest {
  private static final ServiceForm FORM = new ServiceForm();

  @ParameterizedTest
  @CsvSource({
    "mysql,mysql",
    "postgresql@17-main,postgresql@17-main",
    "postgresql@17-main.service,postgresql@17-main",
    "pg_1:a.b\\x2d,pg_1:a.b\\x2d"
  })
  void isAUnit(String text, String unit) {
    assertThat(FORM.parse(text)).isEqualTo(Parsed.good(unit));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x.service; rm",
        "../x",
        "*",
        "%i",
        "-x",
        ".x",
        "",
        ".service",
        "a b",
        "a\nb",
        "a/b",
        "ünit",
        "$(id)"
      })
  void isNone(String text) {
    assertThat(FORM.parse(text)).isInstanceOf(Parsed.Bad.class);
  }
}

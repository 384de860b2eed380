package replctl.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPathFormTest {
  private static final HostPathForm FORM = new HostPathForm();

  @ParameterizedTest
  @CsvSource({
    "/var/lib/postgresql/17/main,/var/lib/postgresql/17/main",
    "/pgdata,/pgdata",
    "/pgdata/,/pgdata",
    "/srv/my data,/srv/my data",
    "/srv/..hidden,/srv/..hidden"
  })
  void isAFolder(String text, String path) {
    assertThat(FORM.parse(text)).isEqualTo(Parsed.good(path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "/|it is the whole host",
        "//|it is the whole host",
        "/etc|it is a folder of the system",
        "/var/lib/|it is a folder of the system",
        "data|it does not start with \"/\"",
        "~/data|it does not start with \"/\"",
        "-rf|it does not start with \"/\"",
        "/srv/../etc|\"..\" leads elsewhere: write the path out",
        "/srv/.|\".\" leads elsewhere: write the path out",
        "/srv//pg|\"//\" has no name in it",
        "/srv/-rf|a name that starts with \"-\" would be read as an option",
        "/srv/a'b|\"'\" can't stand in a path here",
        "/srv/a\"b|\"\"\" can't stand in a path here",
        "/srv/$(id)|\"$\" can't stand in a path here",
        "/srv/`id`|\"`\" can't stand in a path here",
        "/srv/*|\"*\" can't stand in a path here",
        "/srv/a;b|\";\" can't stand in a path here",
        "/srv/%i|\"%\" can't stand in a path here"
      })
  void isNone(String text, String why) {
    assertThat(FORM.parse(text)).isEqualTo(Parsed.bad(why));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/srv/a\nb", "/srv/a\0b", "/srv/a\u202eb", "/srv/\u001b[2J"})
  void controlsAreNamedByNumber(String text) {
    assertThat(FORM.parse(text))
        .isInstanceOfSatisfying(
            Parsed.Bad.class,
            bad -> assertThat(bad.why()).matches("U\\+[0-9A-F]{4} can't stand in a path here"));
  }
}

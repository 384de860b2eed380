package replctl.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "4096,4096",
    "1B,1",
    "1KB,1000",
    "1KiB,1024",
    "5 MB,5000000",
    "100MiB,104857600",
    "2GB,2000000000",
    "1TiB,1099511627776",
    "9223372036854775807,9223372036854775807"
  })
  void isASize(String text, long bytes) {
    assertThat(Size.parse(text)).contains(new Size(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "1.5GB",
        "1e3",
        "010",
        "1 kB",
        "1mb",
        "1 M",
        "1  MB",
        "MB",
        "0x10",
        "1_000",
        "9223372036854775808",
        "9999999TiB",
        "1MB ",
        "\u0661"
      })
  void isNone(String text) {
    assertThat(Size.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "512,512 B",
    "1023,1023 B",
    "1024,1.0 KiB",
    "3355443,3.2 MiB",
    "10188,9.9 KiB",
    "10189,10 KiB",
    "1048575,1.0 MiB",
    "104857600,100 MiB",
    "9223372036854775807,8388608 TiB"
  })
  void isPrintedForPeople(long bytes, String text) {
    assertThat(new Size(bytes)).hasToString(text);
  }

  @Property
  void whatIsPrintedExactlyReadsBack(@ForAll @LongRange(min = 0) long bytes) {
    assertThat(Size.parse(new Size(bytes).exact())).contains(new Size(bytes));
  }

  @Property
  void wholeMebibytesArePrintedShort(@ForAll @LongRange(min = 1, max = 1023) long count) {
    assertThat(Size.mebibytes(count).exact()).isEqualTo(count + "MiB");
  }

  @Property
  void noTextMakesItThrow(@ForAll String text) {
    assertThat(Size.parse(text)).isNotNull();
  }

  /** The pattern allows numbers that are too large; otherwise the two agree. */
  @Property(tries = 3000)
  void patternAndReaderAgree(
      @ForAll @StringLength(max = 8) @Chars({'0', '1', '9', ' ', 'K', 'M', 'T', 'i', 'B', 'b'})
          String text) {
    assertThat(Size.parse(text).isPresent()).isEqualTo(text.matches(Size.FORM));
  }
}

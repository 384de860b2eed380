package replctl.playbooks.real.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScramTest {
  /** RFC 7677, section 3: its salt and password; the keys as PostgreSQL keeps them. */
  @Test
  void isTheVerifierOfTheStandardsExample() {
    byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    assertThat(Scram.verifier("pencil", salt))
        .isEqualTo(
            "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"
                + "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
                + "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=");
  }

  /** RFC 4013, section 3, and what PostgreSQL does with what it forbids. */
  @ParameterizedTest
  @CsvSource({
    "'I\u00adX', IX",
    "user, user",
    "USER, USER",
    "'\u00aa', a",
    "'\u2168', IX",
    "'a\u00a0b', 'a b'",
    "'\u0007', '\u0007'",
    "'w\u00f6rd', 'w\u00f6rd'",
    "'wo\u0308rd', 'w\u00f6rd'",
  })
  void preparesAsClientsDo(String password, String prepared) {
    assertThat(Scram.prepared(password)).isEqualTo(prepared);
  }
}

package replctl.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void slipsAreFound() {
    assertThat(nearest("fencng", "nodes", "fencing", "fence")).contains("fencing");
    assertThat(nearest("fenec", "fencing", "fence")).contains("fence");
    assertThat(nearest("dataDirectory", "bin_directory", "data_directory"))
        .contains("data_directory");
    assertThat(nearest("known-hosts", "known_hosts")).contains("known_hosts");
  }

  @Test
  void whatIsFarOffIsNotSuggested() {
    assertThat(nearest("colour", "nodes", "fencing", "ssh")).isEmpty();
    assertThat(nearest("", "a")).isEmpty();
    assertThat(nearest("x".repeat(100_000), "x".repeat(99_999))).isEmpty();
  }

  @Property
  void aDistanceIsTheSameBothWays(
      @ForAll @AlphaChars @StringLength(max = 12) String one,
      @ForAll @AlphaChars @StringLength(max = 12) String other) {
    int distance = Nearest.distance(one, other);

    assertThat(distance).isEqualTo(Nearest.distance(other, one));
    assertThat(distance == 0).isEqualTo(one.equals(other));
    assertThat(distance).isLessThanOrEqualTo(Math.max(one.length(), other.length()));
  }

  @Property
  void oneSlipIsAlwaysFound(@ForAll @AlphaChars @StringLength(min = 3, max = 12) String word) {
    assertThat(nearest(word.substring(1), word)).contains(word);
    assertThat(nearest(word + "x", word)).contains(word);
    assertThat(nearest("" + word.charAt(1) + word.charAt(0) + word.substring(2), word))
        .contains(word);
  }

  private static Optional<String> nearest(String typed, String... words) {
    Nearest nearest = new Nearest(typed);
    for (String word : words) {
      nearest.offer(word);
    }
    return nearest.found();
  }
}

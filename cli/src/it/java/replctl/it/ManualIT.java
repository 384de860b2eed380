package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import replctl.it.site.Shell;

/** The manual, as its own formatter sees it. */
class ManualIT {
  @Test
  void noPageHasAWarning() throws IOException {
    List<Path> pages;
    try (Stream<Path> all = Files.list(Replctl.root().resolve("man"))) {
      pages = all.map(Path::toAbsolutePath).sorted().toList();
    }
    assertThat(pages).hasSizeGreaterThan(10);
    for (Path page : pages) {
      assertThat(Shell.end(List.of("mandoc", "-Tlint", "-W", "warning", page.toString())))
          .isEqualTo(new Shell.Ended(0, ""));
    }
  }
}

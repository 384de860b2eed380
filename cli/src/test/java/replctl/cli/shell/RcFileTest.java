package replctl.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RcFileTest {
  @TempDir Path home;

  private Path file(String permissions) throws IOException {
    Path file = Files.writeString(home.resolve(".replctlrc"), "use shop\nstatus\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  @Test
  void isReadWhereNobodyElseCouldHaveWrittenIt() throws IOException {
    String owner = Files.getOwner(file("rw-r--r--")).getName();

    assertThat(RcFile.in(home, owner)).isEqualTo(new RcFile(List.of("use shop", "status"), ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-"})
  void isRefusedWhereOthersMayWriteIt(String permissions) throws IOException {
    Path file = file(permissions);

    RcFile read = RcFile.in(home, Files.getOwner(file).getName());

    assertThat(read.lines()).isEmpty();
    assertThat(read.refusal())
        .isEqualTo(file + " is not run: others may write it\nNext: chmod go-w " + file);
  }

  @Test
  void noneIsNoRefusal() {
    assertThat(RcFile.in(home, "ann")).isEqualTo(new RcFile(List.of(), ""));
  }
}

package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import replctl.it.site.BareHost;

/**
 * What -Ppackages made, as an operator has it: installed, used and purged on a host with no Java
 * and no network.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PackageIT {
  /** Everything on the host but what changes by itself, and dpkg's own logs and lists. */
  private static final String FILES =
      "find /etc /usr /var/lib /root /home -xdev"
          + " ! -path '/var/lib/dpkg*' ! -path '/var/lib/systemd*' ! -path '/var/lib/private*'"
          + " | sort";

  private BareHost host;
  private String before;

  @BeforeAll
  void boot() throws IOException {
    host = BareHost.boot();
    // The lab's hosts leave manuals and documents out; an operator's do not.
    host.shell("rm -f /etc/dpkg/dpkg.cfg.d/lab; mkdir -p /usr/share/man /usr/share/doc");
    host.put(made("replctl_*_all.deb"));
    host.put(made("replctl-with-java_*.deb"));
    host.put(Replctl.root().resolve("inventory/examples/shop.yaml"));
    before = host.shell(FILES);
  }

  @AfterAll
  void end() {
    if (host != null) {
      host.close();
    }
  }

  private static Path made(String name) throws IOException {
    Path folder = Path.of(System.getProperty("replctl.packages"));
    assertThat(folder).as("made by -Ppackages").isDirectory();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              f -> folder.getFileSystem().getPathMatcher("glob:" + name).matches(f.getFileName()))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + name + " in " + folder));
    }
  }

  @Test
  @Order(1)
  void theSmallOneSaysThatItNeedsJava() {
    assertThat(host.shell("dpkg -i /tmp/replctl_*_all.deb 2>&1; dpkg --purge replctl"))
        .contains("replctl depends on default-jre-headless");
    assertThat(host.shell(FILES)).isEqualTo(before);
  }

  @Test
  @Order(2)
  void isInstalledWithItsOwnJava() {
    host.shell("dpkg -i /tmp/replctl-with-java_*.deb");

    assertThat(host.shell("dpkg-query -W -f '${Status}' replctl-with-java"))
        .isEqualTo("install ok installed");
    assertThat(host.shell("cat /usr/lib/replctl/lib/replctl.jsa.of").lines())
        .contains("/usr/lib/replctl/runtime/bin/java", "/usr/lib/replctl/lib/replctl.jar");
    assertThat(host.shell("dpkg --verify replctl-with-java")).isEmpty();
  }

  @Test
  @Order(3)
  void isUsed() {
    assertThat(host.shell("replctl --version")).matches("replctl [0-9.]+");
    assertThat(host.shell("replctl -i /tmp/shop.yaml inventory show -o name")).contains("shop");
    assertThat(
            host.shell(
                "HOME=/tmp replctl -i /tmp/shop.yaml status --timeout 1s 2>&1; echo exit=$?"))
        .contains("exit=69");
    // A class that comes from the archive says so.
    assertThat(
            host.shell(
                "REPLCTL_JAVA_OPTS=-Xlog:class+load:stderr replctl version -o json 2>&1"
                    + " | grep picocli.CommandLine\\ source"))
        .contains("shared objects file");
  }

  @Test
  @Order(4)
  void bringsManualCompletionsUnitsAndExamples() {
    List<String> files = host.shell("dpkg -L replctl-with-java").lines().toList();

    assertThat(files)
        .contains(
            "/usr/share/man/man1/replctl-switchover.1.gz",
            "/usr/share/man/man5/replctl-inventory.5.gz",
            "/usr/share/man/man7/replctl-exit-codes.7.gz",
            "/usr/share/bash-completion/completions/replctl",
            "/usr/share/zsh/vendor-completions/_replctl",
            "/usr/share/fish/vendor_completions.d/replctl.fish",
            "/usr/share/doc/replctl-with-java/CHANGELOG.md.gz",
            "/usr/share/doc/replctl-with-java/copyright",
            "/usr/share/doc/replctl-with-java/sbom.cdx.json",
            "/usr/share/doc/replctl-with-java/examples/inventory/shop.yaml");
    assertThat(
            host.shell(
                "cd /usr/lib/systemd/system; systemd-analyze verify --man=no ./replctl-*.service"
                    + " ./replctl-*.timer 2>&1 | grep replctl || :"))
        .isEmpty();
  }

  @Test
  @Order(5)
  void completesInBash() {
    assertThat(
            host.shell(
                "export REPLCTL_INVENTORY=/tmp/shop.yaml; ."
                    + " /usr/share/bash-completion/completions/replctl; COMP_WORDS=(replctl rejoin"
                    + " ''); COMP_CWORD=2; _replctl; echo ${COMPREPLY[*]}"))
        .isEqualTo("pg1 pg2 pg3 pg4");
  }

  @Test
  @Order(6)
  void isPurgedWithoutATrace() {
    host.shell("dpkg --purge replctl-with-java");

    assertThat(host.shell(FILES)).isEqualTo(before);
  }
}

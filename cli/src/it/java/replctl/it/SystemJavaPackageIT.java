package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import replctl.it.site.Shell;

/**
 * The package that uses the system's Java, with this machine's: installed, used and purged in a
 * copy of its file system that is thrown away, and of which only what changes is written.
 */
@Tag("lab")
class SystemJavaPackageIT {
  /** $0: folder of the packages, $1: a folder to work in. */
  private static final String SCRIPT =
      """
      set -e
      mkdir "$1/upper" "$1/work" "$1/root"
      mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
      mount --bind /proc "$1/root/proc"
      mount --bind /dev "$1/root/dev"
      cp "$0"/replctl_*_all.deb "$1/root/var/tmp/replctl-small.deb"
      chroot "$1/root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/var/tmp bash -ec '
        dpkg -i /var/tmp/replctl-small.deb
        dpkg-query -W -f "status=\\${Status}\\\\n" replctl
        sed "s/^/label=/" /usr/lib/replctl/lib/replctl.jsa.of
        replctl --version
        REPLCTL_JAVA_OPTS=-Xlog:class+load:stderr replctl version -o json 2>&1 |
          grep -c "picocli.CommandLine source: shared" | sed "s/^/archived=/"
        man -w replctl-inventory 5 2>/dev/null || ls /usr/share/man/man5/replctl-inventory.5.gz
        dpkg --purge replctl'
      # What was written at all is in the upper folder; what was taken away again is not.
      cd "$1/upper"
      find etc usr ! -type d
      find . -name '*replctl*' ! -path './var/lib/dpkg/*' ! -path './var/tmp/*'
      echo end-of-traces
      """;

  @Test
  void isInstalledUsedAndPurged(@TempDir Path folder) throws IOException {
    Path packages = Path.of(System.getProperty("replctl.packages"));
    assertThat(packages).as("made by -Ppackages").isDirectory();
    // A Java that came otherwise than by a package does not satisfy dpkg: nothing to try here then.
    assumeTrue(
        Shell.end(
                    List.of(
                        "sh",
                        "-c",
                        "dpkg-query -W -f '${db:Status-Abbrev} ${Provides}\\n' |"
                            + " grep -q '^ii.*java17-runtime-headless'"))
                .code()
            == 0,
        "this machine's Java is no package");
    Path work = Files.createDirectory(folder.resolve("w"));

    Shell.Ended ended =
        Shell.end(
            List.of(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "bash",
                "-c",
                SCRIPT,
                packages.toAbsolutePath().toString(),
                work.toString()));
    Shell.run(List.of("rm", "-rf", work.toString()));

    assertThat(ended.out().lines())
        .as(ended.out())
        .contains(
            "status=install ok installed",
            "label=/usr/bin/java",
            "label=/usr/lib/replctl/lib/replctl.jar",
            "archived=1");
    assertThat(ended.out()).containsPattern("Purging|Removing").endsWith("end-of-traces");
    assertThat(ended.out().substring(ended.out().lastIndexOf("Removing replctl")).lines())
        .noneMatch(
            line -> line.startsWith("etc/") || line.startsWith("usr/") || line.startsWith("./"));
    assertThat(ended.code()).isZero();
  }
}

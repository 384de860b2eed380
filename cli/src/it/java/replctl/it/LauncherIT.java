package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher: what it answers alone, how it finds Java, and what becomes of its archives. */
class LauncherIT {
  private static final String VERSION =
      "{\n  \"apiVersion\": \"replctl/v1\",\n  \"kind\": \"Version\"";

  @TempDir Path home;
  private Replctl replctl;

  @BeforeEach
  void installed() {
    replctl = Replctl.installed(home).within(Duration.ofMinutes(1));
  }

  @Test
  void answersTheVersionWithoutJava() {
    Replctl.Result result = replctl.with("REPLCTL_JAVA", "/nonexistent").run("--version").exits(0);

    assertThat(result.out()).matches("replctl [0-9]+\\.[0-9]+\\.[0-9]+\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void saysWhichPackageBringsJava() throws IOException {
    Path bin = Files.createDirectory(home.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("sh"), Path.of("/bin/sh"));

    Replctl.Result result = replctl.with("PATH", bin.toString()).run("status").exits(69);

    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith(
            "replctl: needs Java 17 or newer, and found none.\nNothing was changed.\nNext: ");
  }

  @Test
  void refusesAJavaThatIsNone() throws IOException {
    String file = Files.writeString(home.resolve("java"), "no program").toString();

    Replctl.Result result = replctl.with("REPLCTL_JAVA", file).run("status").exits(69);

    assertThat(result.err()).contains("REPLCTL_JAVA is " + file + ", which is no program.");
  }

  @Test
  void withoutJavaAPluginIsUnknownAndNothingElse() {
    Replctl none = replctl.with("REPLCTL_JAVA", "/nonexistent");

    for (String line : List.of("check", "-i x check shop", "--timeout 1s --quiet check")) {
      Replctl.Result result = none.run(line.split(" ")).exits(3);
      assertThat(result.out()).as(line).startsWith("REPLCTL UNKNOWN - no Java 17 or newer");
      assertThat(result.err()).isEmpty();
    }
    none.run("status", "check").exits(69);
    none.run("-i", "check", "status").exits(69);
  }

  @Test
  void printsNothingButTheResult() {
    Replctl.Result result =
        replctl.with("JAVA_TOOL_OPTIONS", "-Dx=y").run("version", "-o", "json").exits(0);

    assertThat(result.out()).startsWith(VERSION);
    assertThat(result.err()).isEmpty();
  }

  @Test
  void runsThroughALink() throws IOException {
    Path link = Files.createSymbolicLink(home.resolve("r"), replctl.launcher());

    assertThat(replctl.withLauncher(link).run("version", "-o", "json").exits(0).out())
        .startsWith(VERSION);
  }

  @Test
  void usesTheArchiveThatTheBuildMade() {
    Replctl.Result result =
        replctl
            .with("REPLCTL_JAVA_OPTS", "-Xlog:class+load:stderr")
            .run("version", "-o", "json")
            .exits(0);

    assertThat(result.err().lines().filter(l -> l.contains("picocli.CommandLine source:")))
        .isNotEmpty()
        .allMatch(l -> l.contains("shared objects file"));
  }

  @Test
  void worksWithACorruptArchiveAndSaysNothingOfIt() throws IOException {
    Path copy = copyOfTree();
    Path archive = copy.resolve("lib/replctl.jsa");
    byte[] bytes = Files.readAllBytes(archive);
    for (int i = 0; i < bytes.length; i += 97) {
      bytes[i] ^= 0x5a;
    }
    archive.toFile().setWritable(true);
    Files.write(archive, bytes);

    Replctl.Result result = at(copy).run("version", "-o", "json").exits(0);

    assertThat(result.out()).startsWith(VERSION);
    assertThat(result.err()).isEmpty();
  }

  @Test
  void givesUpAnArchiveThatIsOlderThanItsJarAndMakesOneInTheCache() throws Exception {
    Path copy = copyOfTree();
    Instant later = Instant.now().plusSeconds(5);
    Files.setLastModifiedTime(copy.resolve("lib/replctl.jar"), FileTime.from(later));

    at(copy).run("version", "-o", "json").exits(0);

    // The copy's jar is newer than the clock, so an archive made now is given up again at once; its
    // label says for which jar it was made.
    Path label = waitForLabel(home.resolve(".cache/replctl"));
    assertThat(Files.readAllLines(label))
        .contains(copy.resolve("lib/replctl.jar").toRealPath().toString());
  }

  @Test
  void makesAnArchiveInTheCacheAndUsesIt() throws Exception {
    Path copy = copyOfTree();
    Files.delete(copy.resolve("lib/replctl.jsa"));
    Files.delete(copy.resolve("lib/replctl.jsa.of"));

    at(copy).run("version", "-o", "json").exits(0);
    waitForLabel(home.resolve(".cache/replctl"));
    Replctl.Result second =
        at(copy)
            .with("REPLCTL_JAVA_OPTS", "-Xlog:class+load:stderr")
            .run("version", "-o", "json")
            .exits(0);

    assertThat(second.err()).contains("picocli.CommandLine source: shared objects file");
  }

  @Test
  void dropsTheLabelOfAnArchiveThatWasMadeOfAnotherJar() throws IOException {
    Path copy = copyOfTree();
    Path label = copy.resolve("lib/replctl.jsa.of");
    Files.writeString(label, Files.readString(label).replaceAll("[0-9]+\n$", "1\n"));

    at(copy).run("version", "-o", "json").exits(0);

    assertThat(label).doesNotExist();
  }

  @Test
  void fitsTheTerminal() throws Exception {
    String show = replctl.launcher() + " -i inventory/examples/shop.yaml inventory show";
    Process terminal =
        new ProcessBuilder("script", "-qec", "stty cols 60; " + show, "/dev/null")
            .directory(Replctl.root().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    String text = new String(terminal.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(terminal.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(text).contains("\u001b[").contains("pg1");
    assertThat(text.replaceAll("\u001b\\[[0-9;]*m", "").lines()).allMatch(l -> l.length() <= 60);
  }

  @Test
  void endsQuietlyWhenNobodyReads() throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", replctl.launcher() + " --help | true; exit 0")
            .redirectErrorStream(true)
            .start();

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.getInputStream().readAllBytes()).isEmpty();
  }

  private Replctl at(Path tree) {
    return replctl.withLauncher(tree.resolve("bin/replctl"));
  }

  /** A copy that keeps the files' times, so that its archive counts as newer than its jar. */
  private Path copyOfTree() throws IOException {
    Path copy = home.resolve("tree");
    Path tree = Replctl.tree();
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.toList()) {
        Path to = copy.resolve(tree.relativize(file).toString());
        Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Path label = copy.resolve("lib/replctl.jsa.of");
    String jar = copy.resolve("lib/replctl.jar").toString();
    Files.writeString(
        label, Files.readString(label).replace(tree.resolve("lib/replctl.jar").toString(), jar));
    return copy;
  }

  /** The label is the last that is moved into place. */
  private static Path waitForLabel(Path cache) throws Exception {
    Process find =
        new ProcessBuilder(
                "sh",
                "-c",
                "until ls \"$0\"/*.jsa.of 2>/dev/null; do sleep 0.1; done",
                cache.toString())
            .start();
    assertThat(find.waitFor(1, TimeUnit.MINUTES)).as("an archive in " + cache).isTrue();
    return Path.of(
        new String(find.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
  }
}

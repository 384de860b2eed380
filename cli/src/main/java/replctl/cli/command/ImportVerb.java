package replctl.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.cli.wiring.LiveImport;
import replctl.inventory.ClusterName;
import replctl.inventory.EngineKind;
import replctl.inventory.Ssh;
import replctl.inventory.yaml.InventoryImport;
import replctl.inventory.yaml.InventoryReader;
import replctl.inventory.yaml.Problem;

/** {@code replctl inventory import}: proposes an inventory; writes no file. */
@Command(
    name = "import",
    description =
        "prints an inventory that is made of an inventory of Ansible's in YAML, of what repmgr"
            + " cluster show --csv prints, or of a live cluster (--from), one of whose hosts is"
            + " asked for the others. What it can't know it says in comments; it changes nothing and"
            + " writes no file")
final class ImportVerb extends Verb {
  /** No list of hosts is longer; what never ends, is not read to its end. */
  private static final int MOST = 4 << 20;

  /** User, host (an IPv6 address in brackets, or none), port. */
  private static final Pattern FROM =
      Pattern.compile(
          "(?:([^@]{1,32})@)?(?:\\[([0-9A-Fa-f:.%]{2,60})\\]|([^@:\\[\\]]{1,253}))(?::([0-9]{1,5}))?");

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "what to read; /dev/stdin: a pipe")
  Optional<Path> file = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "HOST",
      description =
          "[user@]host[:port] of one server of a live cluster; it and those that it tells of are"
              + " asked over SSH with that login")
  Optional<String> from = Optional.empty();

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "with --from: postgresql or mysql, where its host has both")
  Optional<String> engine = Optional.empty();

  @Option(
      names = "--database-port",
      paramLabel = "PORT",
      description = "with --from: of the server; 5432, mysql: 3306")
  Optional<Integer> databasePort = Optional.empty();

  @Option(
      names = "--jump",
      paramLabel = "HOSTS",
      description = "with --from: hosts to pass through, [user@]host[:port], with commas between")
  Optional<String> jump = Optional.empty();

  @Option(
      names = "--identity",
      paramLabel = "FILE",
      description = "with --from: the private key; else the agent's, and what ~/.ssh/config says")
  Optional<Path> identity = Optional.empty();

  @Option(
      names = "--known-hosts",
      paramLabel = "FILE",
      description = "with --from: the hosts' keys; else ~/.ssh/known_hosts")
  Optional<Path> knownHosts = Optional.empty();

  @Override
  int run() {
    requireSense();
    return from.isPresent() ? live(from.get()) : read(file.orElseThrow());
  }

  private void requireSense() {
    if (from.isPresent() == file.isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          from.isPresent() ? "either FILE or --from HOST" : "from where? FILE, or --from HOST");
    }
    boolean about =
        engine.isPresent()
            || databasePort.isPresent()
            || jump.isPresent()
            || identity.isPresent()
            || knownHosts.isPresent();
    if (from.isEmpty() && about) {
      throw new ParameterException(
          spec.commandLine(),
          "--engine, --database-port, --jump, --identity and --known-hosts go with --from");
    }
  }

  private int live(String typed) {
    Matcher parts = FROM.matcher(typed);
    if (!parts.matches()) {
      throw new ParameterException(
          spec.commandLine(), "--from: expected [user@]host[:port], IPv6 as [::1]:22");
    }
    String host = parts.group(2) == null ? parts.group(3) : parts.group(2);
    Ssh usual = Ssh.DEFAULTS;
    Ssh ssh =
        new Ssh(
            Optional.ofNullable(parts.group(1)),
            Optional.ofNullable(parts.group(4)).map(Integer::parseInt),
            identity.map(Path::toAbsolutePath),
            knownHosts.map(Path::toAbsolutePath),
            jump.map(j -> List.of(j.split(",", -1))).orElse(usual.jump()),
            usual.transport(),
            usual.connectTimeout());
    LiveImport.Wish wish =
        new LiveImport.Wish(
            host,
            ssh,
            engine.map(this::kind),
            databasePort.map(this::port).map(OptionalInt::of).orElse(OptionalInt.empty()),
            Optional.ofNullable(root().cluster).map(this::clusterName),
            root().timeout);
    String text = new LiveImport(root().backend, console().environment(), wish).proposal();
    return print(text);
  }

  private EngineKind kind(String typed) {
    return Arrays.stream(EngineKind.values())
        .filter(kind -> kind.word().equals(typed))
        .findFirst()
        .orElseThrow(
            () -> new ParameterException(spec.commandLine(), "--engine: postgresql or mysql"));
  }

  private int port(int typed) {
    if (typed < 1 || typed > 65535) {
      throw new ParameterException(spec.commandLine(), "--database-port: from 1 to 65535");
    }
    return typed;
  }

  private ClusterName clusterName(String typed) {
    if (!ClusterName.isValid(typed)) {
      throw new ParameterException(
          spec.commandLine(), "-c: a cluster's name is of a-z, 0-9 and \"-\", at most 40 of them");
    }
    return new ClusterName(typed);
  }

  private int read(Path file) {
    InventoryImport.Imported made = InventoryImport.of(file, content(file));
    if (made.text().isEmpty()) {
      throw Failure.of(
          ExitCode.BAD_INVENTORY,
          "no hosts in " + file + said(made.problems()),
          "see that it is Ansible's YAML, with hosts below a group, or repmgr cluster show --csv");
    }
    if (!root().quiet) {
      made.problems().forEach(p -> console().err().println("replctl: passed over: " + p));
    }
    return print(made.text().orElseThrow());
  }

  private int print(String text) {
    List<Problem> wrong =
        new InventoryReader()
            .read(Path.of("replctl.yaml"), text.getBytes(StandardCharsets.UTF_8))
            .errors();
    console().out().print(text);
    if (!wrong.isEmpty()) {
      throw Failure.of(
          ExitCode.BAD_INVENTORY,
          "what was printed can't be used as it is" + said(wrong),
          "correct it, then: replctl -i FILE inventory validate");
    }
    return 0;
  }

  private static byte[] content(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MOST + 1);
      if (content.length > MOST) {
        throw Failure.of(ExitCode.USAGE, file + " is larger than " + MOST + " bytes");
      }
      return content;
    } catch (IOException unreadable) {
      throw Failure.because(unreadable, ExitCode.USAGE, file + " can't be read");
    }
  }

  private static String said(List<Problem> problems) {
    return problems.stream().map(p -> "\n" + p).collect(Collectors.joining());
  }
}

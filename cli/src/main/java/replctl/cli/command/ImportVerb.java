package replctl.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.inventory.yaml.InventoryImport;
import replctl.inventory.yaml.InventoryReader;
import replctl.inventory.yaml.Problem;

/** {@code replctl inventory import}: proposes an inventory; writes no file. */
@Command(
    name = "import",
    description =
        "prints an inventory that is made of an inventory of Ansible's in YAML, or of what repmgr"
            + " cluster show --csv prints; what it can't know it says in comments, and it writes no"
            + " file")
final class ImportVerb extends Verb {
  /** No list of hosts is longer; what never ends, is not read to its end. */
  private static final int MOST = 4 << 20;

  @Parameters(arity = "1", paramLabel = "FILE", description = "what to read; /dev/stdin: a pipe")
  Path file;

  @Override
  int run() {
    InventoryImport.Imported made = InventoryImport.of(file, content());
    if (made.text().isEmpty()) {
      throw Failure.of(
          ExitCode.BAD_INVENTORY,
          "no hosts in " + file + said(made.problems()),
          "see that it is Ansible's YAML, with hosts below a group, or repmgr cluster show --csv");
    }
    if (!root().quiet) {
      made.problems().forEach(p -> console().err().println("replctl: passed over: " + p));
    }
    String text = made.text().orElseThrow();
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

  private byte[] content() {
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

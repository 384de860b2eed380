package replctl.cli.command;

import picocli.CommandLine.Command;
import replctl.cli.Version;
import replctl.cli.render.Doc;

/** {@code replctl version}: of replctl and of the Java that runs it. */
@Command(
    name = "version",
    description = "Shows the version; with -o wide, json or yaml also that of Java.",
    footer = {"  replctl --version", "  replctl version -o json"})
final class VersionVerb extends Verb {
  @Override
  int run() {
    String java = System.getProperty("java.vendor") + " " + System.getProperty("java.version");
    return page()
        .show(
            () -> Doc.of("Version").put("version", Version.text()).put("java", java),
            text -> {
              text.line("replctl " + Version.text());
              if (text.wide()) {
                text.line("java    " + java);
              }
            },
            names -> names.accept(Version.text()));
  }
}

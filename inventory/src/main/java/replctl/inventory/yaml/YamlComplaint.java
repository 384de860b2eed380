package replctl.inventory.yaml;

import org.yaml.snakeyaml.error.MarkedYAMLException;

/** The parser's complaint in an operator's words. */
final class YamlComplaint {
  private YamlComplaint() {}

  static String of(MarkedYAMLException malformed) {
    String problem = malformed.getProblem() == null ? "" : malformed.getProblem();
    String context = malformed.getContext() == null ? "" : malformed.getContext();
    if (problem.contains("TAB")) {
      return "not valid YAML: a tab; indent with spaces";
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return "not valid YAML: a \":\" where no key can stand; is the line above indented alike, or"
          + " does text with \": \" in it lack quotes?";
    }
    if (problem.startsWith("could not find expected ':'")) {
      return "not valid YAML: a key without \":\"";
    }
    if (problem.startsWith("expected <block end>")) {
      return "not valid YAML: indented unlike the lines above";
    }
    if (problem.startsWith("expected ',' or '")) {
      return "not valid YAML: expected \",\" or the end of what { or [ began";
    }
    if (context.contains("quoted scalar")) {
      return "not valid YAML: a quote that does not end";
    }
    if (problem.contains("cannot start any token")) {
      return "not valid YAML: text that starts with this character needs quotes";
    }
    // The parser's other texts can repeat what it found, and that can be a password.
    return "not valid YAML";
  }
}

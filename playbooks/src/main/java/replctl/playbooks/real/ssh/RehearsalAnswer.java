package replctl.playbooks.real.ssh;

import java.util.function.UnaryOperator;

/**
 * What a host of a rehearsal says to any script: the same facts, and that all is done.
 *
 * @param facts a line each: a name, a blank, the text as scripts write it; NOW stands for the time
 */
record RehearsalAnswer(String facts) implements UnaryOperator<String> {
  /** A script is sent whole when this came. */
  static final String LAST_LINE = "\nreplctl_main\n";

  private static final String NONCE = "NONCE=";

  @Override
  public String apply(String script) {
    int from = script.indexOf(NONCE) + NONCE.length();
    String nonce = script.substring(from, script.indexOf('\n', from));
    StringBuilder text = new StringBuilder("\n").append(nonce).append(" begin 2 2 1 1\n");
    String now = Long.toString(System.currentTimeMillis());
    for (String fact : facts.replace("NOW", now).split("\n")) {
      text.append(nonce).append(" fact ").append(fact).append('\n');
    }
    return text.append(nonce).append(" answer done\n").toString();
  }
}

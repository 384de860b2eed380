package replctl.playbooks.real.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.Vault;

/** Turns a call into the one text that is sent. */
final class ScriptText {
  /** Far above any script with its values; a limit only against mistakes. */
  private static final int MOST_BYTES = 8 << 20;

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,62}");

  private ScriptText() {}

  /**
   * The bytes for the standard input of {@code bash -s}: a first line that reads exactly the rest,
   * so that what follows are replies and never script.
   *
   * @param nonce the word that every line of the answer starts with
   * @param limit after this the script ends itself, when it performs
   * @throws IllegalArgumentException when a value can't be sent, or is not resolved
   */
  static byte[] of(ScriptCall call, String nonce, Duration limit, Vault vault) {
    StringBuilder text = new StringBuilder(32 << 10);
    text.append("NONCE=").append(nonce);
    text.append("\nMODE=").append(call.mode().name().toLowerCase(Locale.ROOT));
    text.append("\nLIMIT=").append(Math.max(1, limit.plusMillis(999).toSeconds()));
    text.append("\ndeclare -A V=()\n");
    for (Map.Entry<String, Value> value : call.values().entrySet()) {
      if (!NAME.matcher(value.getKey()).matches()) {
        throw new IllegalArgumentException("not a parameter's name: " + value.getKey());
      }
      text.append("V[").append(value.getKey()).append("]=");
      text.append(word(call, value.getKey(), value.getValue(), vault)).append('\n');
    }
    text.append(ScriptFiles.text(call.script())).append("\nreplctl_main\n");
    return framed(text.toString());
  }

  /** That text behind the line which reads it. */
  static byte[] framed(String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    if (body.length > MOST_BYTES) {
      throw new IllegalArgumentException("a script and its values are over 8 MiB");
    }
    byte[] head =
        ("LC_ALL=C; exec 4<&0; IFS= read -rN " + body.length + " REPLY && eval \"$REPLY\"\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  private static String word(ScriptCall call, String name, Value value, Vault vault) {
    try {
      if (value instanceof Value.Text text) {
        return Quoting.quote(text.text());
      }
      if (value instanceof Value.Hidden hidden) {
        String secret = vault.get(hidden.secret()).reveal();
        return Quoting.quote(
            hidden.form() == Value.Form.PLAIN
                ? secret
                : Scram.verifier(secret, Scram.salt(hidden.secret(), vault)));
      }
    } catch (IllegalArgumentException cantBeSent) {
      // The cause is not kept: it must not carry a secret further than here.
      throw new IllegalArgumentException(
          call.script() + ", value " + name + ": " + cantBeSent.getMessage());
    }
    throw new IllegalArgumentException(call.script() + ", value " + name + ": not resolved yet");
  }
}

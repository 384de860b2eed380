package replctl.playbooks.real.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import replctl.playbooks.world.Query;
import replctl.playbooks.world.Script;

/** The texts of the scripts and questions that replctl ships. */
public final class ScriptFiles {
  private static final String FOLDER = "/replctl/playbooks/script/";
  private static final Pattern PART = Pattern.compile("(?m)^# with ([a-z][a-z0-9/-]*)$");
  private static final Pattern TEXT =
      Pattern.compile("(?m)^# text ([A-Z][A-Z_]*) ([a-z][a-z0-9/-]*\\.[a-z]+)$");
  private static final String LIST = ".list";

  /** Scripts that are the same for every engine, whose lib.sh says what differs. */
  private static final String EVERY = "every/";

  private static final Map<String, Optional<String>> READ = new ConcurrentHashMap<>();

  /** Of scripts that were sent once: a look sends the same one to every host. */
  private static final Map<String, String> PUT_TOGETHER = new ConcurrentHashMap<>();

  private ScriptFiles() {}

  /**
   * The shared part, the engine's part where there is one, and the script. A long script is kept in
   * parts: its line {@code # with PART} names a file of its engine's folder that is sent before it;
   * its line {@code # text VARIABLE FILE} puts the text of such a file into a variable. What is not
   * in its engine's folder is looked for in the folder above, which all engines share. A file whose
   * name ends in {@code .list} names others, and stands for all of them in a row.
   *
   * <p>Comments stay here: they are a third of what would be enciphered for each host, sent, and
   * read there. The texts that variables hold are sent as they are, since hosts keep some of them.
   */
  static String text(Script script) {
    return PUT_TOGETHER.computeIfAbsent(
        script.engine() + "/" + script.name(), name -> putTogether(script));
  }

  private static String putTogether(Script script) {
    String own =
        file(script.engine() + "/" + script.name() + ".sh")
            .or(() -> file(EVERY + script.name() + ".sh"))
            .orElseThrow(() -> new IllegalArgumentException("no script " + script));
    StringBuilder text = new StringBuilder(64 << 10);
    addCode(text, file("lib.sh").orElseThrow());
    addCode(text, file("epoch.sh").orElseThrow());
    String engine = file(script.engine() + "/lib.sh").orElse("");
    addCode(text, engine);
    Matcher part = PART.matcher(engine + own);
    while (part.find()) {
      addCode(text, shared(script.engine(), part.group(1) + ".sh"));
    }
    Matcher held = TEXT.matcher(own);
    while (held.find()) {
      String words = shared(script.engine(), held.group(2));
      text.append(held.group(1)).append('=').append(Quoting.quote(words)).append('\n');
    }
    addCode(text, own);
    return text.toString();
  }

  /**
   * A script without the lines that are a comment and nothing else. No text in one has such lines.
   */
  static void addCode(StringBuilder to, String script) {
    int from = 0;
    while (from < script.length()) {
      int next = script.indexOf('\n', from) + 1;
      int end = next == 0 ? script.length() : next;
      int word = from;
      while (word < end && script.charAt(word) == ' ') {
        word++;
      }
      if (!script.startsWith("# ", word) && !script.startsWith("#\n", word)) {
        to.append(script.substring(from, end));
      }
      from = end;
    }
  }

  /** The text of a question. */
  public static String text(Query query) {
    return file(query + ".sql")
        .orElseThrow(() -> new IllegalArgumentException("no question " + query));
  }

  private static String shared(String engine, String name) {
    return file(engine + "/" + name).orElseGet(() -> text(name));
  }

  /** The text of a file that all engines share. */
  static String text(String name) {
    return file(name).orElseThrow(() -> new IllegalArgumentException("no file " + name));
  }

  private static Optional<String> file(String name) {
    return READ.computeIfAbsent(
        name, n -> n.endsWith(LIST) ? read(n).map(ScriptFiles::all) : read(n));
  }

  private static String all(String names) {
    return names.lines().map(n -> read(n).orElseThrow()).collect(Collectors.joining());
  }

  private static Optional<String> read(String name) {
    try (InputStream in = ScriptFiles.class.getResourceAsStream(FOLDER + name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException damaged) {
      throw new UncheckedIOException("replctl's own file " + name + " can't be read", damaged);
    }
  }
}

package replctl.playbooks.real.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import replctl.playbooks.world.Script;

/** The texts of the scripts that replctl ships. */
final class ScriptFiles {
  private static final String FOLDER = "/replctl/playbooks/script/";
  private static final Map<String, Optional<String>> READ = new ConcurrentHashMap<>();

  private ScriptFiles() {}

  /** The shared part, the engine's part where there is one, and the script. */
  static String text(Script script) {
    String own =
        file(script.engine() + "/" + script.name() + ".sh")
            .orElseThrow(() -> new IllegalArgumentException("no script " + script));
    return file("lib.sh").orElseThrow() + file(script.engine() + "/lib.sh").orElse("") + own;
  }

  private static Optional<String> file(String name) {
    return READ.computeIfAbsent(name, ScriptFiles::read);
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

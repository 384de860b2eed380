package replctl.it.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The secrets that init has made. */
public final class Generated {
  private Generated() {}

  /**
   * Passwords and keys in the operator's folder of secrets, by their files' names: the middle line
   * of each.
   */
  public static Map<String, String> in(Path secrets) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(secrets)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        List<String> lines = Files.readAllLines(file);
        if (!lines.isEmpty()
            && !lines.get(0).contains("CERTIFICATE")
            && !file.toString().contains("lock")) {
          found.put(file.getFileName().toString(), lines.get(lines.size() / 2));
        }
      }
    }
    return found;
  }
}

package replctl.playbooks.real.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the operator's own ~/.ssh/config says of a host, as the system's ssh reads it ({@code ssh
 * -G}): with Include and Match, and without a second reader of that format to disagree with it.
 */
final class ClientSettings {
  /** Match may run commands. */
  private static final long LIMIT_SECONDS = 5;

  private static final int MOST_BYTES = 1 << 20;

  private final Map<String, List<String>> values;

  private ClientSettings(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Asks ssh; where there is none, nothing is set.
   *
   * @param client the command: {@code ssh}, and what it is always given
   */
  static ClientSettings of(
      List<String> client,
      String host,
      Optional<String> user,
      Optional<Integer> port,
      Map<String, String> environment) {
    List<String> command = new ArrayList<>(client);
    command.add("-G");
    user.ifPresent(name -> command.addAll(List.of("-l", name)));
    port.ifPresent(number -> command.addAll(List.of("-p", number.toString())));
    command.addAll(List.of("--", host));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      // It prints little: a pipe holds all of it, so it ends without being read.
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new ClientSettings(Map.of());
      }
      try (InputStream printed = process.getInputStream()) {
        return read(new String(printed.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
      }
    } catch (IOException noSsh) {
      return new ClientSettings(Map.of());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return new ClientSettings(Map.of());
    }
  }

  static ClientSettings read(String printed) {
    Map<String, List<String>> values = new HashMap<>();
    for (String line : printed.split("\n")) {
      int space = line.indexOf(' ');
      if (space > 0) {
        values
            .computeIfAbsent(line.substring(0, space), key -> new ArrayList<>())
            .add(line.substring(space + 1).strip());
      }
    }
    return new ClientSettings(values);
  }

  /** The values of a keyword, in order; {@code none} is no value. */
  List<String> all(String keyword) {
    return values.getOrDefault(keyword, List.of()).stream()
        .filter(value -> !value.isEmpty() && !value.equals("none"))
        .toList();
  }

  Optional<String> first(String keyword) {
    return all(keyword).stream().findFirst();
  }

  boolean yes(String keyword) {
    return first(keyword).filter(value -> value.equals("yes") || value.equals("true")).isPresent();
  }
}

package replctl.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import replctl.cli.wiring.Backend;

/** Commands run inside the test, without a terminal. */
public record InProcess(Map<String, String> environment, Backend backend) {
  /** What a command printed, and its exit code. */
  public record Result(int code, String out, String err) {}

  /** With nothing in the environment. */
  public static InProcess plain() {
    return new InProcess(Map.of(), Backend.real());
  }

  /** With one more variable. */
  public InProcess with(String name, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(name, value);
    return new InProcess(more, backend);
  }

  /** Runs a command. */
  public Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(args, Console.of(out, err, environment), backend);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}

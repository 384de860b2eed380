package replctl.playbooks.world;

import java.util.regex.Pattern;

/**
 * The name of a script that replctl ships. Real hosts run its text; simulated hosts have code of
 * the same name.
 *
 * @param engine the folder that it lies in: an engine's word, or {@code operator}
 * @param name its file's name without {@code .sh}
 */
public record Script(String engine, String name) {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*");

  public Script {
    if (!FORM.matcher(engine).matches() || !FORM.matcher(name).matches()) {
      throw new IllegalArgumentException("not a script's name: " + engine + "/" + name);
    }
  }

  @Override
  public String toString() {
    return engine + "/" + name;
  }
}

package replctl.playbooks.world;

import java.util.regex.Pattern;

/**
 * The name of a question that replctl ships: fixed text, which real servers are asked. Its rows
 * have two columns, a fact's key and its text.
 *
 * @param engine the folder that it lies in: an engine's word
 * @param name its file's name there without {@code .sql}
 */
public record Query(String engine, String name) {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)*");

  public Query {
    if (!FORM.matcher(engine).matches() || !FORM.matcher(name).matches()) {
      throw new IllegalArgumentException("not a question's name: " + engine + "/" + name);
    }
  }

  @Override
  public String toString() {
    return engine + "/" + name;
  }
}

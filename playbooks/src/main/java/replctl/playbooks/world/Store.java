package replctl.playbooks.world;

import java.util.List;
import java.util.Optional;

/** The operator's own small files: journals. Names are relative, with {@code /} between folders. */
public interface Store {
  /** The whole text of a file; empty when there is none. */
  Optional<String> read(String name);

  /**
   * The end of a file; empty when there is none. Where it is cut off, its first character may not
   * be whole.
   *
   * @param most bytes of it
   */
  default Optional<String> tail(String name, int most) {
    return read(name).map(text -> text.substring(Math.max(0, text.length() - most)));
  }

  /**
   * Adds a line, and returns when it is on the disk. Where a crash has cut off the file's last
   * line, that one is ended first.
   */
  void append(String name, String line);

  /** Removes a file; one that can't be removed stays, and is nobody's failure. */
  void remove(String name);

  /**
   * Puts a whole text in the place of a file's, or makes it: whoever reads has the one or other.
   */
  void replace(String name, String text);

  /** The names of the files in a folder, sorted; none when there is no such folder. */
  List<String> list(String folder);

  /**
   * Takes a lock that ends with this process at the latest.
   *
   * @param owner one line that tells others who holds it
   */
  Hold lock(String name, String owner);

  /** The outcome of asking for a lock. */
  sealed interface Hold {}

  /** The lock is held until it is closed. */
  non-sealed interface Held extends Hold, AutoCloseable {
    @Override
    void close();
  }

  /** Somebody else holds it. */
  record Taken(String owner) implements Hold {}
}

package replctl.playbooks.real.keep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The operator's own files can't be read or written; the message says which and why. Whether an
 * operation is under way is not known then.
 */
public final class UnusableStore extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  private final String folder;

  UnusableStore(String verb, Path file, IOException why, Path folder) {
    super("cannot " + verb + " " + file + ": " + why.getMessage(), why);
    this.folder = folder.toString();
  }

  /** The folder that all of them are in. */
  public String folder() {
    return folder;
  }
}

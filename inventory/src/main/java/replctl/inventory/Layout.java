package replctl.inventory;

import java.util.Optional;

/**
 * Where things lie on a host, for hosts whose layout can't be found by asking. Paths are the host's
 * own, absolute.
 *
 * @param service systemd unit without {@code .service}
 * @param stateDirectory where replctl keeps its few state files; absent: in the home folder of the
 *     database's user
 */
public record Layout(
    Optional<String> service,
    Optional<String> dataDirectory,
    Optional<String> binDirectory,
    Optional<String> configDirectory,
    Optional<String> stateDirectory) {
  /** Ask the host for everything. */
  public static final Layout ASK =
      new Layout(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** The same with its state files there. */
  public Layout keeping(String folder) {
    return new Layout(service, dataDirectory, binDirectory, configDirectory, Optional.of(folder));
  }
}

package replctl.playbooks.world;

/** Told how far a long script is. */
@FunctionalInterface
public interface Progress {
  /** Nobody is told. */
  Progress NONE = (done, total) -> {};

  /**
   * Says how far it is.
   *
   * @param done bytes so far
   * @param total bytes in all, as estimated; 0 when unknown
   */
  void at(long done, long total);
}

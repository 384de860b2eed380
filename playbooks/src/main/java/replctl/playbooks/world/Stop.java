package replctl.playbooks.world;

/** The operator's wish that nothing more is begun. It is asked for between steps. */
@FunctionalInterface
public interface Stop {
  /** Nobody ever wishes it. */
  Stop NEVER = () -> false;

  /** Whether it was wished; once it was, it stays so. */
  boolean wanted();
}

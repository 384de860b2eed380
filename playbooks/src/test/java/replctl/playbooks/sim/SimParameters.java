package replctl.playbooks.sim;

import java.util.Optional;

/** The parameters of a simulated server. */
public interface SimParameters {
  /** What it runs with. */
  String running(String name);

  /** What it would run with after a start. */
  String afterStart(String name);

  /** What replctl's verb has written, or somebody by the same way. */
  Optional<String> written(String name);

  /** Whether it takes hold only at a start. */
  boolean atStart(String name);

  /** It is written, or nothing is any more. */
  void write(String name, Optional<String> value);

  /** A server that runs is told. */
  void tell();

  /** What was written of it is taken back by that operation: what it runs with, too. */
  default void backTo(String operation, String name) {}

  /** What it runs with is noted for the operation, once. */
  default void note(String operation, String name) {}
}

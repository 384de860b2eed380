package replctl.it.storm;

/** Something that was typed to a tool, or that it does by itself, and that has not ended yet. */
interface Call extends AutoCloseable {
  /** Waits for its end. */
  Typed end();

  /** Kills the process that carries it out; whether that was at work. */
  boolean kill();

  @Override
  void close();
}

package replctl.playbooks.run;

/** Told what happens while a plan runs; from several threads, one at a time. */
@FunctionalInterface
public interface Watcher {
  /** Nobody watches. */
  Watcher NONE = event -> {};

  /** Something happened. */
  void on(Event event);
}

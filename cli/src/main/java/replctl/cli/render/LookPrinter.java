package replctl.cli.render;

/** Prints a look at a cluster, once or again and again. */
public interface LookPrinter {
  /** As data. */
  Doc doc();

  /** For people, on one screen. */
  void lines(Lines to);

  /** For people who look on without a terminal: one of many. */
  default void log(Lines to) {
    lines(to);
    to.gap();
  }

  /** The look. */
  Look look();

  /** Prints it once; names are those of the nodes. */
  default int to(Page page) {
    return page.show(
        this::doc,
        this::lines,
        names ->
            look()
                .seen()
                .nodes()
                .forEach(n -> names.accept(look().cluster().name() + "/" + n.name())));
  }
}

package replctl.playbooks.sim.all;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import replctl.playbooks.sim.Failing;
import replctl.playbooks.sim.Fault;
import replctl.playbooks.sim.Hunted;
import replctl.playbooks.sim.Matrix;
import replctl.playbooks.sim.Seeds;
import replctl.playbooks.sim.Suite;
import replctl.playbooks.sim.mysql.MysqlSuite;
import replctl.playbooks.sim.postgresql.PostgresqlSuite;

/** What lab/seeds runs: so many seeds of each engine, and where it is asked for the rest too. */
public final class SeedsMain {
  /** Some seconds' work: so often it is said how far it is. */
  private static final long PART = 2_000;

  /** More of them need not be told one by one. */
  private static final int TOLD = 20;

  private final List<Suite> suites;
  private int wrong;

  private SeedsMain(List<Suite> suites) {
    this.suites = suites;
  }

  /**
   * Tries them on all cores; ends with 1 when something failed.
   *
   * @param args the engine's name or {@code both}, the first seed, how many seeds in all, and then
   *     {@code cells} and {@code mutants} where those are wanted too
   */
  public static void main(String[] args) {
    List<Suite> suites = new ArrayList<>(List.of(new PostgresqlSuite(), new MysqlSuite()));
    suites.removeIf(suite -> !List.of("both", suite.engine()).contains(args[0]));
    List<String> wanted = List.of(args);
    SeedsMain run = new SeedsMain(suites);
    if (wanted.contains("cells")) {
      suites.forEach(run::cells);
    }
    if (wanted.contains("mutants")) {
      suites.forEach(run::mutants);
    }
    long seeds = Long.parseLong(args[2]);
    if (seeds > 0) {
      run.seeds(Long.parseLong(args[1]), seeds);
    }
    System.exit(run.wrong == 0 ? 0 : 1);
  }

  private void cells(Suite suite) {
    long began = System.nanoTime();
    List<Matrix.Tried> all =
        suite.cases().stream()
            .map(what -> Matrix.tried(what, 1, Fault::of))
            .peek(System.out::println)
            .toList();
    all.forEach(tried -> tell(tried.failing()));
    int failing = all.stream().mapToInt(tried -> tried.failing().size()).sum();
    System.out.printf(
        Locale.ROOT,
        "crash matrix of %s: %d cells of %d cases (%d runs that differ), %d failed, %.0f s%n",
        suite.engine(),
        all.stream().mapToInt(Matrix.Tried::cells).sum(),
        all.size(),
        all.stream().mapToInt(Matrix.Tried::runs).sum(),
        failing,
        since(began));
  }

  private void mutants(Suite suite) {
    long began = System.nanoTime();
    List<Hunted> all = suite.hunts().parallelStream().map(Supplier::get).toList();
    all.forEach(System.out::println);
    List<Hunted> missed = all.stream().filter(hunted -> hunted.trouble().isPresent()).toList();
    missed.forEach(hunted -> System.out.println(hunted.trouble().orElseThrow()));
    wrong += missed.size();
    System.out.printf(
        Locale.ROOT,
        "deleted rules of %s: %d of %d found, by %d runs in all, %.0f s%n",
        suite.engine(),
        all.size() - missed.size(),
        all.size(),
        all.stream().mapToInt(Hunted::runs).sum(),
        since(began));
  }

  /** Each engine gets its share of them, from the same one on. */
  private void seeds(long from, long seeds) {
    long began = System.nanoTime();
    long share = (seeds + suites.size() - 1) / suites.size();
    long done = 0;
    int failed = 0;
    for (long at = 0; at < share; at += PART) {
      for (Suite suite : suites) {
        long part = Math.min(PART, share - at);
        List<Failing> failing = Seeds.failing(suite.cases(), from + at, part);
        tell(failing);
        failed += failing.size();
        done += part;
        System.out.printf(
            Locale.ROOT,
            "%s, seeds %d to %d: %d in all so far, %d failed, %.0f a second%n",
            suite.engine(),
            from + at,
            from + at + part - 1,
            done,
            failed,
            done / since(began));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "seeds: %d of %s, from %d on: %d failed, %.0f s, %.0f a second%n",
        done,
        String.join(" and ", suites.stream().map(Suite::engine).toList()),
        from,
        failed,
        since(began),
        done / since(began));
  }

  private void tell(List<Failing> failing) {
    failing.stream().limit(Math.max(0, TOLD - wrong)).forEach(System.out::println);
    wrong += failing.size();
  }

  private static double since(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}

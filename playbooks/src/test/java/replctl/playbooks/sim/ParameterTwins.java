package replctl.playbooks.sim;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import replctl.playbooks.engine.ParameterWish;

/** parameters.sh and write-parameters.sh, which both engines have. */
public final class ParameterTwins {
  private static final Duration TOLD = Duration.ofSeconds(5);

  /** A server as these scripts meet it. */
  public interface Server {
    /** Its parameters. */
    SimParameters parameters();

    /** Whether it answers a question. */
    boolean answersSql();

    /** Whether any process of it is there. */
    boolean hasProcess();
  }

  private final Function<Job, Server> server;

  public ParameterTwins(Function<Job, Server> server) {
    this.server = server;
  }

  /** By the scripts' names. */
  public Map<String, Twin> twins() {
    return Map.of(
        "parameters",
        new Scripted(this::tell, job -> Course.none()),
        "write-parameters",
        new Scripted(this::isDone, this::perform));
  }

  /** NAME=VALUE, or NAME, a line each. */
  public static List<ParameterWish> wishes(String lines) {
    return lines.lines().map(ParameterWish::of).toList();
  }

  private Look tell(Job job) {
    Server here = server.apply(job);
    if (!here.answersSql()) {
      return Look.unknown("its server does not answer");
    }
    SimParameters has = here.parameters();
    for (ParameterWish wish : wishes(job.value("wishes"))) {
      String prefix = "parameter." + wish.name() + ".";
      job.fact(prefix + "raw", has.running(wish.name()));
      job.fact(prefix + "value", has.running(wish.name()));
      job.fact(prefix + "after", has.afterStart(wish.name()));
      has.written(wish.name()).ifPresent(w -> job.fact(prefix + "written", w));
      job.fact(prefix + "at_start", has.atStart(wish.name()));
      job.fact(prefix + "stays", has.atStart(wish.name()));
      wish.value().ifPresent(v -> job.fact(prefix + "would", v));
      wish.value().ifPresent(v -> job.fact(prefix + "text", v));
    }
    return Look.DONE;
  }

  private Look isDone(Job job) {
    Server here = server.apply(job);
    SimParameters has = here.parameters();
    if (here.hasProcess() && !here.answersSql()) {
      return Look.unknown("the server does not answer");
    }
    for (ParameterWish wish : wishes(job.value("wanted"))) {
      String name = wish.name();
      if (!has.written(name).equals(wish.value())) {
        return Look.notDone(name + " is not written so");
      }
      if (here.hasProcess()
          && !has.atStart(name)
          && !has.running(name).equals(has.afterStart(name))) {
        return Look.notDone("it runs with another " + name);
      }
    }
    return Look.DONE;
  }

  private Course perform(Job job) {
    Server here = server.apply(job);
    SimParameters has = here.parameters();
    if (here.hasProcess() && !here.answersSql()) {
      throw job.refuse("the server does not answer");
    }
    Course course = Course.none();
    for (ParameterWish wish : wishes(job.value("wanted"))) {
      course =
          course.act(
              () -> {
                has.note(job.value("operation"), wish.name());
                has.write(wish.name(), wish.value());
                if (job.given("undoes").equals(Optional.of("yes"))) {
                  has.backTo(job.value("operation"), wish.name());
                }
              });
    }
    return course
        .act(has::tell)
        .until(
            TOLD,
            () -> isDone(job).done(),
            () -> {
              throw job.fail("after 5 s " + isDone(job).why());
            });
  }
}

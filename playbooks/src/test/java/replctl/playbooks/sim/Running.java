package replctl.playbooks.sim;

import java.util.Optional;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;

/**
 * A piece of work on a host, which goes on whether or not anybody waits for its answer. What the
 * scripts' shared part does around each script (lib.sh, replctl_main) is done here.
 */
final class Running {
  private final Job job;
  private final Course course;
  private Optional<Answer> answer = Optional.empty();
  private long expires = Long.MAX_VALUE;

  Running(Job job, Course course) {
    this.job = job;
    this.course = course;
  }

  /** A script that runs to its end. */
  static Running script(Twin twin, Job job) {
    Course course = Course.none().lasts(twin.launch().toNanos());
    if (job.mode() == ScriptCall.Mode.PROBE) {
      if (twin.probesUnderLock()) {
        course.then(() -> job.host().takeLock(job));
      }
      return new Running(job, course.act(() -> probe(twin, job)));
    }
    course
        .then(() -> twin.locksApart() ? Course.none() : job.host().takeLock(job))
        .act(() -> SimEpoch.check(job, !twin.locksApart() || job.given("gateway").isPresent()))
        .act(() -> job.host().server().checkIdentity(job))
        .then(() -> perform(twin, job));
    return new Running(job, course);
  }

  /** The beginning of a script that stays. */
  static Running arrival(Twin twin, Job job) {
    return new Running(
        job,
        Course.none()
            .lasts(twin.launch().toNanos())
            .then(() -> job.host().takeLock(job))
            .act(() -> SimEpoch.check(job, true))
            .act(() -> job.host().server().checkIdentity(job))
            .then(() -> twin.prepare(job)));
  }

  private static void probe(Twin twin, Job job) {
    Look look = twin.isDone(job);
    switch (look.kind()) {
      case DONE -> {}
      case NOT_DONE -> throw job.refuse(look.why());
      case UNKNOWN -> throw job.fail(look.why());
    }
  }

  private static Course perform(Twin twin, Job job) {
    if (twin.isDone(job).done()) {
      job.fact("changed", false);
      return Course.none();
    }
    return Course.none()
        .then(
            () -> {
              job.host().changesUnder(job);
              return twin.perform(job);
            })
        .act(
            () -> {
              job.fact("changed", true);
              Look look = twin.isDone(job);
              if (!look.done()) {
                throw job.fail("it was done, and does not show: " + look.why());
              }
            });
  }

  /** Goes on as far as it can; true when it has ended. */
  boolean proceed(long now) {
    if (answer.isEmpty()) {
      try {
        if (now > expires) {
          answer =
              Optional.of(
                  Answer.unknown(Trouble.NO_ANSWER, "the script ended itself at its deadline"));
        } else if (course.proceed(now)) {
          answer = Optional.of(new Answer.Done(job.facts()));
        }
      } catch (ScriptEnd end) {
        answer = Optional.of(end.answer(job.facts()));
      }
    }
    return answer.isPresent();
  }

  /** It ends itself at that moment, whatever it has done by then: lib.sh's expire. */
  void expires(long at) {
    expires = at;
  }

  /** It is killed after so many stages. */
  void diesAfter(int stages) {
    course.diesAfter(stages, job);
  }

  Job job() {
    return job;
  }

  /** Its answer, once it has ended. */
  Optional<Answer> answer() {
    return answer;
  }
}

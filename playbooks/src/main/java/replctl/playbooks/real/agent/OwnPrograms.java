package replctl.playbooks.real.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.ProgramCall;
import replctl.playbooks.world.Surroundings;
import replctl.playbooks.world.Trouble;

/**
 * Programs of the operator's own, run without a shell. What they are told is in variables and, as
 * one JSON object, on their input; of what they say the last line is shown.
 */
public final class OwnPrograms {
  /** A message shows this many characters of what a program said. */
  private static final int MOST_SHOWN = 200;

  /** setsid and shells end with this and a signal's number. */
  private static final int SIGNALLED = 128;

  private final Programs programs;
  private final AgentProcess processes;
  private final Clock clock;

  /**
   * @param environment the operator's, which the programs get too
   */
  public OwnPrograms(Map<String, String> environment, Clock clock) {
    this.programs = Programs.of(environment);
    this.processes = new AgentProcess(environment, clock);
    this.clock = clock;
  }

  /** Whether it could be run; runs nothing. See {@link Surroundings#ready}. */
  public Answer ready(List<String> command) {
    try {
      programs.own(command.get(0));
      return new Answer.Done(Facts.NONE);
    } catch (UnusableDevice unusable) {
      return Answer.notDone(Trouble.NOT_PERMITTED, unusable.getMessage());
    }
  }

  /** Runs it. See {@link Surroundings#program}. */
  public Answer run(ProgramCall call, Deadline by) {
    List<String> words = call.command();
    long from = clock.nanos();
    try {
      Path program = programs.own(words.get(0));
      AgentProcess.End end =
          processes.run(
              program, words.subList(1, words.size()), call.environment(), input(call), by);
      return answer(end, Duration.ofNanos(clock.nanos() - from));
    } catch (UnusableDevice unusable) {
      return Answer.notDone(Trouble.NOT_PERMITTED, unusable.getMessage());
    }
  }

  private static String input(ProgramCall call) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("apiVersion", "replctl/v1").put("kind", "Call");
    call.values().forEach(told::put);
    return told + "\n";
  }

  private static Answer answer(AgentProcess.End end, Duration took) {
    Map<String, String> facts = new LinkedHashMap<>();
    String said = last(end);
    if (!said.isEmpty()) {
      facts.put(Surroundings.SAID, said);
    }
    if (!end.ended()) {
      return new Answer.Unknown(
          Trouble.OVERDUE,
          "it did not end in "
              + Math.max(1, Math.round(took.toMillis() / 1000.0))
              + " s and was ended; what it has done is not known"
              + quoted(said),
          Facts.of(facts));
    }
    facts.put(Surroundings.EXIT_CODE, Integer.toString(end.code()));
    if (end.code() == 0) {
      return new Answer.Done(Facts.of(facts));
    }
    String words = "exit code " + end.code() + quoted(said);
    return end.code() > SIGNALLED
        ? new Answer.Unknown(Trouble.NO_ANSWER, words, Facts.of(facts))
        : new Answer.NotDone(Trouble.SAID_NO, words, Facts.of(facts));
  }

  private static String quoted(String said) {
    return said.isEmpty() ? "" : ": " + said;
  }

  /** The last line that is not empty: of its complaints, or else of its output. */
  private static String last(AgentProcess.End end) {
    return Stream.of(end.printed(), end.complained())
        .flatMap(String::lines)
        .map(OwnPrograms::shown)
        .filter(line -> !line.isEmpty())
        .reduce("", (a, b) -> b);
  }

  private static String shown(String line) {
    return line.strip()
        .codePoints()
        .limit(MOST_SHOWN)
        .mapToObj(c -> Character.isISOControl(c) ? "?" : Character.toString(c))
        .collect(Collectors.joining());
  }
}

package replctl.playbooks.real.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import replctl.inventory.FenceDevice;
import replctl.inventory.secret.SecretReading;
import replctl.inventory.secret.SecretSource;
import replctl.inventory.secret.Secrets;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Power;
import replctl.playbooks.world.PowerDevice;
import replctl.playbooks.world.Trouble;

/**
 * The devices of one cluster. Of what a program says only the exit code is believed: of a status 0
 * (on) and 2 (off), of an action 0 and then a status that agrees. Stock agents read what they are
 * to do from standard input; nothing of it is on a command line.
 */
public final class FenceAgents implements Power {
  /** FenceAgentAPI: what an agent's status ends with. */
  private static final int ON = 0;

  private static final int OFF = 2;

  /** A message shows this much of what a program complained of. */
  private static final int MOST_SHOWN = 160;

  /** How fence-agents' log begins its lines. */
  private static final Pattern STAMP = Pattern.compile("^[0-9-]{10} [0-9:,]{12} [A-Z]+: ");

  private final Function<PowerDevice, Optional<FenceDevice>> devices;
  private final Secrets secrets;
  private final Programs programs;
  private final AgentProcess processes;
  private final Clock clock;
  private final Map<String, AgentMetadata> known = new ConcurrentHashMap<>();

  /**
   * @param devices the inventory's device of a plan's; empty when there is none any more
   * @param environment the operator's
   */
  public FenceAgents(
      Function<PowerDevice, Optional<FenceDevice>> devices,
      Secrets secrets,
      Map<String, String> environment,
      Clock clock) {
    this(devices, secrets, environment, Programs.of(environment), clock);
  }

  FenceAgents(
      Function<PowerDevice, Optional<FenceDevice>> devices,
      Secrets secrets,
      Map<String, String> environment,
      Programs programs,
      Clock clock) {
    this.devices = devices;
    this.secrets = secrets;
    this.programs = programs;
    this.processes = new AgentProcess(environment, clock);
    this.clock = clock;
  }

  @Override
  public Answer ask(PowerDevice named, Wish wish, Deadline by) {
    try {
      FenceDevice device =
          devices
              .apply(named)
              .orElseThrow(() -> new UnusableDevice("the inventory does not name it any more"));
      Deadline limit = device.timeout().map(t -> clock.in(t).orEarlier(by)).orElse(by);
      Tool tool =
          device instanceof FenceDevice.Agent agent
              ? agent(agent, limit)
              : command((FenceDevice.Command) device);
      return ask(tool, wish, limit);
    } catch (UnusableDevice unusable) {
      return Answer.notDone(Trouble.NOT_PERMITTED, unusable.getMessage());
    }
  }

  /** How a device's program is called for one word. */
  private interface Call {
    AgentProcess.End make(String word, Deadline by) throws UnusableDevice;
  }

  /**
   * A device that can be asked.
   *
   * @param hidden texts that no message may hold
   */
  private record Tool(Call call, List<String> hidden) {}

  private Answer ask(Tool tool, Wish wish, Deadline by) throws UnusableDevice {
    long from = clock.nanos();
    if (wish != Wish.STATUS) {
      String word = wish.name().toLowerCase(Locale.ROOT);
      AgentProcess.End end = tool.call().make(word, by);
      if (!end.ended() || end.code() != 0) {
        return unknown(tool, end, from);
      }
    }
    AgentProcess.End status = tool.call().make("status", by);
    if (!status.ended() || (status.code() != ON && status.code() != OFF)) {
      return unknown(tool, status, from);
    }
    String found = status.code() == ON ? "on" : "off";
    Facts facts = Facts.of(Map.of(STATE, found));
    boolean agrees = wish == Wish.STATUS || found.equals(wish.name().toLowerCase(Locale.ROOT));
    return agrees
        ? new Answer.Done(facts)
        : new Answer.Unknown(
            Trouble.SAID_NO,
            "it said that it switched "
                + wish.name().toLowerCase(Locale.ROOT)
                + ", and asked again it says "
                + found,
            facts);
  }

  private Answer unknown(Tool tool, AgentProcess.End end, long from) {
    if (!end.ended()) {
      long millis = Duration.ofNanos(clock.nanos() - from).toMillis();
      return Answer.unknown(
          Trouble.OVERDUE, "no answer in " + Math.max(1, Math.round(millis / 1000.0)) + " s");
    }
    return Answer.unknown(
        Trouble.SAID_NO, "exit code " + end.code() + complaint(end.complained(), tool.hidden()));
  }

  /** The last line of it, unless a secret is in it. */
  private static String complaint(String text, List<String> hidden) {
    String last =
        text.lines()
            .map(line -> STAMP.matcher(line.strip()).replaceFirst(""))
            .filter(line -> !line.isEmpty())
            .reduce("", (a, b) -> b);
    StringBuilder shown = new StringBuilder();
    last.chars()
        .limit(MOST_SHOWN)
        .forEach(c -> shown.append(c < ' ' || (c >= 0x7f && c <= 0x9f) ? '?' : (char) c));
    boolean secret = hidden.stream().anyMatch(text::contains);
    return secret || shown.isEmpty() ? "" : ": " + shown;
  }

  private Tool command(FenceDevice.Command command) throws UnusableDevice {
    List<String> words = command.command();
    Path program = programs.own(words.get(0));
    return new Tool(
        (word, by) -> {
          List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
          arguments.add(word);
          return processes.run(program, arguments, "", by);
        },
        List.of());
  }

  private Tool agent(FenceDevice.Agent agent, Deadline by) throws UnusableDevice {
    Path program = programs.agent(agent.agent());
    AgentMetadata metadata = known.get(agent.agent());
    if (metadata == null) {
      AgentProcess.End said = processes.run(program, List.of(), "action=metadata\n", by);
      if (!said.ended() || said.code() != 0) {
        throw new UnusableDevice(agent.agent() + " does not say which options it has");
      }
      metadata = AgentMetadata.read(said.printed());
      known.put(agent.agent(), metadata);
    }
    TreeSet<String> given = new TreeSet<>(agent.options().keySet());
    given.addAll(agent.secrets().keySet());
    Optional<String> objection = metadata.objection(agent.agent(), given);
    if (objection.isPresent()) {
      throw new UnusableDevice(objection.get());
    }
    // Read now and not before: a secret is held for as long as one call of the device takes.
    Map<String, String> lines = new LinkedHashMap<>(agent.options());
    List<String> hidden = new ArrayList<>();
    for (Map.Entry<String, SecretSource> secret : agent.secrets().entrySet()) {
      String value = secret(secret.getKey(), secret.getValue());
      lines.put(secret.getKey(), value);
      hidden.add(value);
    }
    return new Tool(
        (word, limit) -> processes.run(program, List.of(), told(word, lines), limit), hidden);
  }

  private String secret(String option, SecretSource source) throws UnusableDevice {
    SecretReading reading = secrets.read(source);
    if (reading instanceof SecretReading.Failed failed) {
      throw new UnusableDevice("the secret of its option " + option + ": " + failed.words());
    }
    return ((SecretReading.Found) reading).secret().reveal();
  }

  /** Lines of {@code key=value}: a line break in a value would be another option. */
  private static String told(String word, Map<String, String> lines) throws UnusableDevice {
    StringBuilder text = new StringBuilder("action=").append(word).append('\n');
    for (Map.Entry<String, String> line : lines.entrySet()) {
      if (line.getValue().chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
        throw new UnusableDevice("the value of its option " + line.getKey() + " is not one line");
      }
      text.append(line.getKey()).append('=').append(line.getValue()).append('\n');
    }
    return text.toString();
  }
}

package replctl.playbooks.sim;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;

/** What a simulated script has in hand while it runs. */
public final class Job {
  private final SimHost host;
  private final ScriptCall call;
  private final Map<String, String> values;
  private final LongSupplier nanos;
  private final SortedMap<String, String> facts = new TreeMap<>();
  private final SortedMap<String, String> variables = new TreeMap<>();
  private Map<String, String> asked = Map.of();
  private Optional<Answer> said = Optional.empty();

  Job(SimHost host, ScriptCall call, Map<String, String> values, LongSupplier nanos) {
    this.host = host;
    this.call = call;
    this.values = values;
    this.nanos = nanos;
  }

  /** Its host's clock, in ms. */
  public long millis() {
    return nanos.getAsLong() / SimTime.MS;
  }

  /** The host that it runs on. */
  public SimHost host() {
    return host;
  }

  /** What is wanted of it. */
  public ScriptCall.Mode mode() {
    return call.mode();
  }

  /** Whether it is to be performed. */
  public boolean performs() {
    return call.mode() == ScriptCall.Mode.PERFORM;
  }

  /** The script's value of that name: {@code ${V[name]}}. */
  public String value(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalStateException(call.script() + " was not given the value " + name);
    }
    return value;
  }

  /** The script's value of that name, if it was given and is not empty. */
  public Optional<String> given(String name) {
    return Optional.ofNullable(values.get(name)).filter(v -> !v.isEmpty());
  }

  /** The command's value of that name: {@code ${A[name]}}. */
  public Optional<String> asked(String name) {
    return Optional.ofNullable(asked.get(name)).filter(v -> !v.isEmpty());
  }

  /** Remembers something for as long as the script runs. */
  public void remember(String name, String text) {
    variables.put(name, text);
  }

  /** What was remembered. */
  public Optional<String> remembered(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  /** Tells a fact. */
  public void fact(String name, String text) {
    facts.put(name, text);
  }

  /** Tells a fact that is yes or no. */
  public void fact(String name, boolean truth) {
    facts.put(name, truth ? "yes" : "no");
  }

  /** It can't be done, and nothing was changed; to be thrown. */
  public ScriptEnd refuse(String why) {
    return new ScriptEnd(Trouble.SAID_NO, false, why);
  }

  /** The same, for a reason of another kind; to be thrown. */
  public ScriptEnd refuse(Trouble kind, String why) {
    return new ScriptEnd(kind, false, why);
  }

  /** It can't be done, and something may have been changed; to be thrown. */
  public ScriptEnd fail(String why) {
    return new ScriptEnd(Trouble.SAID_NO, true, why);
  }

  /** The same, for a reason of another kind; to be thrown. */
  public ScriptEnd fail(Trouble kind, String why) {
    return new ScriptEnd(kind, true, why);
  }

  /** A resident says that a command is done, and goes on with what belongs to it. */
  public void done() {
    said = Optional.of(new Answer.Done(facts()));
  }

  /** What it has said before its end. */
  Optional<Answer> said() {
    return said;
  }

  void ask(Map<String, String> commandValues) {
    asked = commandValues;
    facts.clear();
    said = Optional.empty();
  }

  Facts facts() {
    return new Facts(facts);
  }
}

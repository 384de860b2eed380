package replctl.playbooks.real.protocol;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import replctl.inventory.secret.Secret;
import replctl.playbooks.real.Scratch;
import replctl.playbooks.real.SystemClock;
import replctl.playbooks.real.local.LocalShell;
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Progress;
import replctl.playbooks.world.Resident;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.Vault;

/** Runs the scripts of the folder {@code trial} through the real protocol. */
public final class Trial implements AutoCloseable {
  /** As {@code nobody} where the test may become that user, else only as oneself. */
  static Stream<String> users() {
    String self = LocalShell.self();
    return self.equals("root") ? Stream.of(self, "nobody") : Stream.of(self);
  }

  final Clock clock = new SystemClock();
  final Threads threads = new Threads();
  final Map<SecretRef, String> secrets =
      new TreeMap<>(java.util.Comparator.comparing(SecretRef::name));
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
          });
  final Vault vault =
      new Vault() {
        @Override
        public boolean has(SecretRef ref) {
          return secrets.containsKey(ref);
        }

        @Override
        public Secret get(SecretRef ref) {
          return new Secret(secrets.computeIfAbsent(ref, r -> "made-for-" + r.name()));
        }
      };
  final Scripts scripts = new Scripts(threads, clock, new SecureRandom(), vault);
  private final Shell shell;
  private final Optional<String> user;
  private final Optional<String> unit;

  public Trial(Shell shell, Optional<String> user, Optional<String> unit) {
    this.shell = shell;
    this.user = user;
    this.unit = unit;
  }

  static Trial local(String user) {
    return new Trial(
        new LocalShell(new SystemClock(), LocalShell.self()), Optional.of(user), Optional.empty());
  }

  public Deadline in(Duration duration) {
    return clock.in(duration);
  }

  public Account account() {
    return new Account("h1", shell, user, unit);
  }

  public Shell shell() {
    return shell;
  }

  public static ScriptCall call(ScriptCall.Mode mode, String script, Map<String, String> values) {
    Map<String, Value> all = new TreeMap<>();
    values.forEach((name, text) -> all.put(name, Value.of(text)));
    return new ScriptCall(new Script("trial", script), mode, new TreeMap<>(all));
  }

  public Answer run(ScriptCall call, Duration limit) {
    return scripts.run(account(), call, clock.in(limit), Progress.NONE);
  }

  public Answer probe(String script, Map<String, String> values) {
    return run(call(ScriptCall.Mode.PROBE, script, values), Duration.ofSeconds(20));
  }

  public Answer perform(String script, Map<String, String> values, Duration limit) {
    return run(call(ScriptCall.Mode.PERFORM, script, values), limit);
  }

  public Resident open(Map<String, String> values) {
    return open(values, beats);
  }

  public Resident open(Map<String, String> values, ScheduledExecutorService with) {
    return new Residents(scripts, with)
        .open(
            account(),
            call(ScriptCall.Mode.RESIDENT, "stay", values),
            clock.in(Duration.ofSeconds(10)));
  }

  /** A folder that every user may write in. */
  public static Path folder() throws Exception {
    return Scratch.open("trial");
  }

  @Override
  public void close() {
    beats.shutdownNow();
    shell.close();
  }
}

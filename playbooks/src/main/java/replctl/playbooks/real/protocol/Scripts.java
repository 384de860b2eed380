package replctl.playbooks.real.protocol;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Tcp;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Progress;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Vault;

/** Runs scripts on hosts and reads what they answer. */
public final class Scripts {
  /** What a script that performs may take beyond its deadline before it ends itself. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Threads threads;
  private final Clock clock;
  private final SecureRandom random;
  private final Vault vault;
  private final UnitControl units;
  private final ScriptEnder ender;
  private final SpareShells spares;

  public Scripts(Threads threads, Clock clock, SecureRandom random, Vault vault) {
    this.threads = threads;
    this.clock = clock;
    this.random = random;
    this.vault = vault;
    this.units = new UnitControl(threads, clock);
    this.ender = new ScriptEnder(threads, clock, this::nonce);
    this.spares = new SpareShells(threads, clock);
  }

  /**
   * Runs a script to its end.
   *
   * @throws IllegalArgumentException when a value can't be sent; nothing was done
   */
  public Answer run(Account account, ScriptCall call, Deadline by, Progress progress) {
    long from = clock.nanos();
    try {
      try (Talk talk = begin(account, call, by)) {
        Answer answer = talk.listen(0, by, progress, false);
        return answer.kind() == Trouble.OVERDUE ? overdue(talk, answer, from) : answer;
      }
    } catch (NoContact refused) {
      return Answers.neverBegan(call, refused.trouble(), account.words(refused.getMessage()));
    }
  }

  /** Starts the script's shell and sends the script. */
  Talk begin(Account account, ScriptCall call, Deadline by) throws NoContact {
    String nonce = nonce();
    byte[] text = ScriptText.of(call, nonce, clock.left(by).plus(GRACE), vault);
    Optional<Running> spare = spares.take(account, by);
    Running running = spare.isPresent() ? spare.get() : account.shell().start(account.bash(), by);
    if (call.mode() != ScriptCall.Mode.PROBE) {
      spares.prepare(account);
    }
    Conversation conversation = new Conversation(running, nonce, threads, clock);
    conversation.send(text);
    return new Talk(account, call, conversation, units, ender, clock);
  }

  private Answer overdue(Talk talk, Answer answer, long from) {
    Duration waited = Duration.ofMillis(Math.round((clock.nanos() - from) / 1e8) * 100);
    return Answers.with(
        Answer.unknown(
            Trouble.OVERDUE,
            talk.account().words("no answer in " + Tcp.time(waited) + "; " + talk.stopped())),
        answer.facts().byName());
  }

  /** A word that no profile, banner or program can know. */
  private String nonce() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return "replctl-" + HexFormat.of().formatHex(bytes);
  }
}

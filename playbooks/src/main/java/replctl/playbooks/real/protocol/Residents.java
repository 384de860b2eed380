package replctl.playbooks.real.protocol;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Resident;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** Starts scripts that stay, and tells them that the operator is still there. */
public final class Residents {
  private final Scripts scripts;
  private final ScheduledExecutorService beats;

  /**
   * @param beats of one thread, which does nothing else: a beat must not wait for work
   */
  public Residents(Scripts scripts, ScheduledExecutorService beats) {
    this.scripts = scripts;
    this.beats = beats;
  }

  /**
   * Starts a script that stays.
   *
   * @throws IllegalArgumentException when a value can't be sent, or none says the lease
   */
  public Resident open(Account account, ScriptCall call, Deadline by) {
    Duration lease = lease(call);
    long beat = lease.toMillis() / 3;
    try {
      Talk talk = scripts.begin(account, call, by);
      ScheduledFuture<?> beating =
          beats.scheduleAtFixedRate(() -> talk.tell("beat"), beat, beat, TimeUnit.MILLISECONDS);
      return new LiveResident(talk, lease, beating);
    } catch (NoContact refused) {
      return new AbsentResident(
          Answer.notDone(refused.trouble(), account.words(refused.getMessage())));
    }
  }

  /** How long a resident stays that hears nothing: its value {@code lease}, in seconds. */
  private static Duration lease(ScriptCall call) {
    if (call.values().get("lease") instanceof Value.Text text) {
      try {
        Duration lease = Duration.ofMillis(Math.round(Double.parseDouble(text.text()) * 1000));
        if (lease.toMillis() >= 30) {
          return lease;
        }
      } catch (NumberFormatException notANumber) {
        // Said below.
      }
    }
    throw new IllegalArgumentException(call.script() + ": its value lease is no time in seconds");
  }
}

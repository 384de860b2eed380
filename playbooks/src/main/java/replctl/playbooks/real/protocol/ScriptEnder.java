package replctl.playbooks.real.protocol;

import java.util.Optional;
import java.util.function.Supplier;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;

/**
 * Ends a script on its host by a second one. The signal that SSH can send is the login's, and what
 * sudo runs belongs to somebody else: so the script's own user is asked to end it.
 */
final class ScriptEnder {
  /** Field 22 of stat tells the process from a later one of the same number. */
  private static final String TEXT =
      """

      here() {
        local stat
        read -r stat <"/proc/$P/stat" || return 1
        set -- ${stat##*) }
        [ "$1" != Z ] && [ "$3" = "$G" ] && [ "${20}" = "$S" ]
      } 2>/dev/null
      group() {
        local file stat
        for file in /proc/[0-9]*/stat; do
          read -r stat <"$file" || continue
          set -- ${stat##*) }
          [ "$3" = "$G" ] && [ "$1" != Z ] && return 0
        done
        return 1
      } 2>/dev/null
      here || { echo "$W answer done"; exit 0; }
      kill -KILL -- "-$G" 2>/dev/null
      for i in 1 2 3 4 5 6 7 8 9 10; do
        here || group || { echo "$W answer done"; exit 0; }
        sleep 0.05
      done
      exit 0
      """;

  private final Threads threads;
  private final Clock clock;
  private final Supplier<String> nonces;

  ScriptEnder(Threads threads, Clock clock, Supplier<String> nonces) {
    this.threads = threads;
    this.clock = clock;
    this.nonces = nonces;
  }

  /** Whether it is certain that the script and all that it had started have ended. */
  boolean end(Account account, Said.Begun script, Deadline by) {
    if (script.pid() <= 1 || script.group() <= 1) {
      return false;
    }
    String nonce = nonces.get();
    String text =
        "P=" + script.pid() + " G=" + script.group() + " S=" + script.start() + " W=" + nonce;
    try (Running running = account.shell().start(account.bash(), by);
        Conversation conversation = new Conversation(running, nonce, threads, clock)) {
      conversation.send(ScriptText.framed(text + TEXT));
      for (Optional<Said> said = conversation.next(by);
          said.isPresent() && !(said.get() instanceof Said.Over);
          said = conversation.next(by)) {
        if (said.get() instanceof Said.Answered) {
          return true;
        }
      }
      return false;
    } catch (NoContact unreachable) {
      return false;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

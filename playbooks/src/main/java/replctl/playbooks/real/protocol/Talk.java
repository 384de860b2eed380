package replctl.playbooks.real.protocol;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import replctl.playbooks.real.shell.Ending;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Progress;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;

/** One script that was sent, until its answer. */
final class Talk implements AutoCloseable {
  /** How long the exit code of a script that says nothing more is waited for. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  /** How long an overdue script's end is waited for. */
  private static final Duration STOPPING = Duration.ofSeconds(1);

  private final Account account;
  private final ScriptCall call;
  private final Conversation conversation;
  private final UnitControl units;
  private final ScriptEnder ender;
  private final Clock clock;
  private Optional<Said.Begun> begun = Optional.empty();
  private Optional<HostTime> time = Optional.empty();

  Talk(
      Account account,
      ScriptCall call,
      Conversation conversation,
      UnitControl units,
      ScriptEnder ender,
      Clock clock) {
    this.account = account;
    this.call = call;
    this.conversation = conversation;
    this.units = units;
    this.ender = ender;
    this.clock = clock;
  }

  Account account() {
    return account;
  }

  /** Hears the script out until it answers the command of that serial, or says that it is ready. */
  Answer listen(int serial, Deadline by, Progress progress, boolean untilReady) {
    SortedMap<String, String> facts = new TreeMap<>();
    try {
      while (true) {
        Optional<Said> next = conversation.next(by);
        if (next.isEmpty()) {
          return Answers.with(Answer.unknown(Trouble.OVERDUE, words("no answer in time")), facts);
        }
        Said said = next.get();
        if (said instanceof Said.Begun first) {
          begun = Optional.of(first);
          time = HostTime.read(first.uptime(), clock);
          if (call.mode() == ScriptCall.Mode.PERFORM) {
            conversation.tell("go " + latest(clock.left(by)));
          }
        } else if (said instanceof Said.Found fact && fact.serial() == serial) {
          facts.put(fact.name(), fact.text());
        } else if (said instanceof Said.At at) {
          progress.at(at.done(), at.total());
        } else if (said instanceof Said.Root root) {
          // A server may be up, and the script through, long before systemctl is.
          conversation.tellLater(() -> units.reply(account, call, root.action(), by));
        } else if (said instanceof Said.Ready ready && untilReady) {
          time = HostTime.read(ready.uptime(), clock);
          return Answers.with(Answers.DONE, facts);
        } else if (said instanceof Said.Answered answered && answered.serial() == serial) {
          return Answers.with(answered.answer(), facts);
        } else if (said instanceof Said.Left left && left.last() >= 0 && left.last() < serial) {
          return Answer.notDone(
              Trouble.CUT, words(call.script() + " had ended: it heard nothing for its lease"));
        } else if (said instanceof Said.Over over) {
          return Answers.with(over(over, by), facts);
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return Answers.with(Answer.unknown(Trouble.OVERDUE, words("it was not waited for")), facts);
    }
  }

  /** The host's uptime until which something may begin that is asked for now; 0: never. */
  long latest(Duration ahead) {
    return time.map(t -> t.in(ahead, clock)).orElse(0L);
  }

  /** What is left until the deadline. */
  Duration left(Deadline by) {
    return clock.left(by);
  }

  /** It ended without an answer: whether it did anything depends on whether it began. */
  private Answer over(Said.Over over, Deadline by) throws InterruptedException {
    if (!over.why().isEmpty()) {
      return Answer.unknown(Trouble.NO_ANSWER, words(over.why() + "; " + stopped()));
    }
    Ending ending = conversation.end(by.orEarlier(clock.in(LAST_WORDS)));
    String complaint = conversation.complaint();
    String tail = complaint.isEmpty() ? "" : ": " + complaint;
    if (ending instanceof Ending.Exited exited) {
      return begun.isEmpty()
          ? Answers.neverBegan(call, Trouble.NOT_PERMITTED, words(refusal(exited.status(), tail)))
          : Answer.unknown(
              Trouble.NO_ANSWER,
              words(
                  call.script()
                      + " ended with exit code "
                      + exited.status()
                      + " and no answer"
                      + tail));
    }
    if (ending instanceof Ending.Killed killed) {
      return Answer.unknown(
          Trouble.NO_ANSWER,
          words(call.script() + " was ended by signal " + killed.signal() + tail));
    }
    return ending instanceof Ending.Cut cut
        ? Answer.unknown(Trouble.CUT, words("the connection ended before the answer: " + cut.why()))
        : Answer.unknown(Trouble.NO_ANSWER, words(call.script() + " closed its output" + tail));
  }

  private String words(String what) {
    return account.words(what);
  }

  private String refusal(int status, String tail) {
    try {
      String command = String.join(" ", account.bash());
      return command.startsWith("sudo ")
          ? "\""
              + command
              + "\" is not permitted (exit code "
              + status
              + ")"
              + tail
              + "; sudo must grant: "
              + account.rule()
          : "\"" + command + "\" can't be run there (exit code " + status + ")" + tail;
    } catch (NoContact unlikely) {
      return unlikely.getMessage();
    }
  }

  /** Ends the script on its host, and says in words whether that is certain. */
  String stopped() {
    conversation.kill();
    if (call.mode() == ScriptCall.Mode.PROBE) {
      return "it changes nothing";
    }
    // Also one who was interrupted wants the script ended.
    boolean interrupted = Thread.interrupted();
    try {
      return begun.isPresent() && ender.end(account, begun.get(), clock.in(STOPPING))
          ? "it was stopped there"
          : "whether it still runs there is not known";
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Hands on a line; what becomes of it, listening tells. */
  boolean tell(String line) {
    return conversation.tell(line);
  }

  /** Tells a resident to leave, and waits a little: then its lock is free for what comes next. */
  void leave(Duration most) {
    Deadline by = clock.in(most);
    try {
      if (conversation.tell("leave")) {
        for (Optional<Said> said = conversation.next(by);
            said.isPresent() && !(said.get() instanceof Said.Over); ) {
          said = conversation.next(by);
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    conversation.close();
  }
}

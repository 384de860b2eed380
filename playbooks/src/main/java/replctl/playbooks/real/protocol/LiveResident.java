package replctl.playbooks.real.protocol;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;
import java.util.regex.Pattern;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Progress;
import replctl.playbooks.world.Resident;
import replctl.playbooks.world.Trouble;

/**
 * A script that stays. Every command has a serial which its answer carries, so that an answer which
 * comes too late is never taken for another command's.
 */
final class LiveResident implements Resident {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

  /** How long its leaving is waited for, so that its lock is free for what comes next. */
  private static final Duration LEAVING = Duration.ofMillis(500);

  private final Talk talk;
  private final Duration lease;
  private final ScheduledFuture<?> beats;
  private int serial;
  private boolean gone;

  LiveResident(Talk talk, Duration lease, ScheduledFuture<?> beats) {
    this.talk = talk;
    this.lease = lease;
    this.beats = beats;
  }

  @Override
  public synchronized Answer ready(Deadline by) {
    return heard(talk.listen(0, by, Progress.NONE, true));
  }

  @Override
  public synchronized Answer ask(String command, Map<String, String> values, Deadline by) {
    if (gone) {
      return Answer.notDone(
          Trouble.CUT, talk.account().words("it had ended before this was asked"));
    }
    // It begins within the lease and before it is given up, or not at all.
    Duration left = talk.left(by);
    long latest = talk.latest(left.compareTo(lease) < 0 ? left : lease);
    String line = line(command, ++serial, latest, values);
    // A line that was cut short is not run: bash reads no command from it.
    talk.tell(line);
    return heard(talk.listen(serial, by, Progress.NONE, false));
  }

  /** Whoever asks further after its end is told that nothing was sent. */
  private Answer heard(Answer answer) {
    gone |= answer.kind() == Trouble.CUT || answer.kind() == Trouble.NO_ANSWER;
    return answer;
  }

  private static String line(String command, int serial, long latest, Map<String, String> values) {
    StringBuilder line = new StringBuilder(name(command));
    line.append('\t').append(serial).append('\t').append(latest);
    for (Map.Entry<String, String> value : new TreeMap<>(values).entrySet()) {
      line.append('\t').append(name(value.getKey())).append('=').append(escaped(value.getValue()));
    }
    return line.toString();
  }

  private static String name(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a command or value: " + name);
    }
    return name;
  }

  /** One line without tabs; the other side undoes it with {@code printf %b}. */
  private static String escaped(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a value holds a NUL character");
    }
    return text.replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\t", "\\t")
        .replace("\r", "\\r");
  }

  @Override
  public void close() {
    beats.cancel(false);
    try (talk) {
      talk.leave(LEAVING);
    }
  }
}
